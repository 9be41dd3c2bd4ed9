"""Tables of a page on paper: captions, heads, cells and which columns hold numbers."""

from plant.printing import Table
from plant.web import on_paper

PAGE = """
<div><table class="table"><caption class="sr">Work &amp; reports</caption>
<thead><tr><th scope="col">At</th><th scope="col" data-num>Good</th></tr></thead>
<tbody><tr><th scope="row"><a href="/x"><i class="ti"></i> 12:00 </a></th>
<td data-num>3<br><small>of 4</small></td></tr></tbody>
</table><table><caption>Empty</caption><thead><tr><th>A</th></tr></thead><tbody></tbody></table></div>
"""


def test_reads_what_stands_in_the_tables_that_have_rows() -> None:
    assert on_paper.tables(PAGE) == [Table("Work & reports", ["At", "Good"], [["12:00", "3 of 4"]], (1,))]
