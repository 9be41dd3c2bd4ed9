// Fewer points for the eye: of every narrow column of the picture its lowest and its highest value, and every hole.

// The indices of points to draw, at most two a column and one for each hole; all of them where they are few already.
export function chosen(at, value, from, to, columns) {
  const n = at.length;
  if (n <= columns * 2 || to <= from) return null;
  const width = (to - from) / columns;
  const kept = [];
  let [column, low, high, hole] = [NaN, -1, -1, -1];
  const keep = () => {
    const found = [low, high, hole].filter((index) => index >= 0).sort((a, b) => a - b);
    for (const index of found) if (kept.at(-1) !== index) kept.push(index);
  };
  for (let index = 0; index < n; index += 1) {
    const here = Math.floor((at[index] - from) / width);
    if (here !== column) {
      if (index) keep();
      [column, low, high, hole] = [here, -1, -1, -1];
    }
    const y = value[index];
    if (Number.isNaN(y) || y === null) hole = index;
    else if (low < 0) [low, high] = [index, index];
    else if (y < value[low]) low = index;
    else if (y > value[high]) high = index;
  }
  keep();
  return kept;
}

const numbers = (column, indices) => (indices ? Float64Array.from(indices, (index) => column[index] ?? NaN) : Float64Array.from(column, (value) => value ?? NaN));

// Values and ranges each with their own moments, as columns; `names` of further columns go with the values.
export function sources(data, columns, names = []) {
  const values = chosen(data.at, data.value, data.from, data.to, columns);
  const ranges = chosen(data.at, data.range, data.from, data.to, columns);
  const lines = Object.fromEntries(names.map((name) => [name, numbers(data.lines[name], values)]));
  return [
    { source: { at: numbers(data.at, values), value: numbers(data.value, values), ...lines }, dimensions: ["at", "value", ...names] },
    { source: { at: numbers(data.at, ranges), range: numbers(data.range, ranges) }, dimensions: ["at", "range"] },
  ];
}

// How often the picture is as wide as what is seen of it, in powers of two: only then finer columns are worth while.
export const level = ({ start, end }) => Math.max(0, Math.ceil(Math.log2(100 / Math.max(0.2, end - start)) - 1e-9));
