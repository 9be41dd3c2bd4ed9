// What a control chart says in words: under the pointer, to a screen reader, and as a table of its newest numbers.
import { card, table } from "./chart_look.js";
import { moment, number, word } from "./words.js";

const NEAR = 0.012; // of the time shown: how near a mark must be to be told
const ROWS = 200;

export function nearest(at, moment_) {
  let [low, high] = [0, at.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle] < moment_) low = middle + 1;
    else high = middle;
  }
  return low > 0 && moment_ - at[low - 1] < at[low] - moment_ ? low - 1 : low;
}

export const limitAt = (data, at) => data.limits.findLast((limit) => limit.from <= at) ?? null;

// The rules that fired at a point, and those whose pattern it is a part of.
export function rulesAt(data, index) {
  const at = data.at[index];
  const fired = data.hits.filter(([point]) => point === index).map(([, rule]) => rule);
  const within = data.hits.filter(([point, rule, from]) => from <= at && data.at[point] > at && !fired.includes(rule)).map(([, rule]) => rule);
  return { fired: [...new Set(fired)], within: [...new Set(within)] };
}

// Upper limit, centre and lower limit at a point: its own, or those of the version in force.
function linesAt(data, index) {
  if (data.lines) return ["upper", "center", "lower"].map((name) => data.lines[name]?.[index]);
  const limit = limitAt(data, data.at[index]);
  return [limit?.ucl, limit?.center, limit?.lcl];
}

const words = (data, rule, part) => data.rules[rule]?.[part] ?? rule;

export function tip(data, look, index, span) {
  const at = data.at[index];
  const limit = limitAt(data, at);
  const { fired, within } = rulesAt(data, index);
  const rows = [[data.names?.[0] ?? word("value"), `${number(data.value[index])} ${data.lines ? "" : data.unit ?? ""}`]];
  const second = data.lines ? data.lines.sizes?.[index] ?? data.lines.raw?.[index] : data.range[index];
  if (second !== null && second !== undefined) rows.push([data.names?.[1] ?? word("range"), number(second)]);
  const [ucl, center, lcl] = linesAt(data, index);
  if (limit) rows.push([word("ucl"), number(ucl)], [word("center"), number(center)], [word("lcl"), number(lcl)], [word("limit_version"), `${limit.version ?? ""}`]);
  for (const rule of fired) rows.push([`◆ ${words(data, rule, 0)}`, "", look.failed], [words(data, rule, 1), "", ""]);
  for (const rule of within) rows.push([`${word("part_of")}: ${words(data, rule, 0)}`, "", look.failed]);
  if (data.ghosts.includes(index)) rows.push([word("left_out"), ""]);
  for (const mark of data.marks) if (Math.abs(mark.at - at) < span * NEAR) rows.push([`▲ ${mark.title}`, [mark.text, mark.by].filter(Boolean).join(" · ")]);
  return card(moment(at), rows);
}

export function spoken(data, index) {
  const { fired } = rulesAt(data, index);
  return [moment(data.at[index]), `${number(data.value[index])} ${data.unit ?? ""}`, ...fired.map((rule) => words(data, rule, 1))].join(", ");
}

export function rows(data) {
  const hits = new Map();
  for (const [index, rule] of data.hits) hits.set(index, [...(hits.get(index) ?? []), words(data, rule, 0)]);
  const made = [];
  for (let index = data.at.length - 1; index >= 0 && made.length < ROWS; index -= 1) {
    const limit = limitAt(data, data.at[index]);
    const why = hits.get(index) ?? [];
    made.push({ tone: why.length ? "failed" : "", cells: [moment(data.at[index]), number(data.value[index]), number(data.lines ? data.lines.sizes?.[index] ?? data.lines.raw?.[index] : data.range[index]), number(linesAt(data, index)[2]), number(linesAt(data, index)[0]), String(limit?.version ?? "—"), why.join("; ")] });
  }
  const unit = data.unit ? ` [${data.unit}]` : "";
  return table([[word("at")], [data.lines ? data.names[0] : `${word("value")}${unit}`, true], [data.lines ? data.names[1] : `${word("range")}${unit}`, true], ["LCL", true], ["UCL", true], [word("limit_version"), true], [word("violation")]], made);
}
