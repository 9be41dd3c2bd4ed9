"""The fish and the tree of one CAPA, in the reader's language."""

from django.utils.translation import gettext as _

from qms import drawings
from qms.models import Bone, CapaWhy, CauseVerdict, CorrectiveAction, WhyTrack


def fish(capa: CorrectiveAction) -> str:
    """The diagram of causes; empty while there are none."""
    rows = list(capa.causes.all())
    if not rows:
        return ""
    bones = {
        str(word): [
            drawings.Cause(row.text, row.verdict == CauseVerdict.CONFIRMED, row.verdict == CauseVerdict.RULED_OUT)
            for row in rows if row.bone == bone
        ]
        for bone, word in Bone.choices
    }
    return drawings.fishbone(capa.title, bones, _("Causes and effect"))


def tree(capa: CorrectiveAction) -> str:
    """The whys; empty while there are none."""
    rows = list(capa.whys.all())
    if not rows:
        return ""
    made = {row.pk: drawings.Why(row.text, row.is_root) for row in rows}
    for row in rows:
        if row.parent_id is not None:
            made[row.parent_id].below.append(made[row.pk])
    tracks = [(str(word), [made[row.pk] for row in rows if _begins(row, track)]) for track, word in WhyTrack.choices]
    return drawings.why_tree([one for one in tracks if one[1]], _("Whys"))


def _begins(row: CapaWhy, track: str) -> bool:
    return row.parent_id is None and row.track == track
