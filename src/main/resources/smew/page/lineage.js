// Where a column comes from and where it goes, through all relations, as DuckDB bound the SQL.

import {h, svg} from './dom.js';

const WIDTH = 230;
const LINE = 20;
const HEAD = 26;
const GAP_X = 80;
const GAP_Y = 16;

const key = (relation, column) => `${relation}\u0000${column}`;
const parts = name => name.split('\u0000');

/**
 * What leads to what.
 *
 * @param relations [{name, columns: [{name, from: [{relation, column}]}]}]; without from it is not known
 */
export function lineage(relations) {
  const up = new Map();
  const down = new Map();
  const unknown = new Set();
  for (const {name, columns} of relations) {
    for (const column of columns) {
      const to = key(name, column.name);
      if (!column.from) unknown.add(to);
      up.set(to, (column.from ?? []).map(one => key(one.relation, one.column)));
      for (const from of up.get(to)) down.set(from, [...(down.get(from) ?? []), to]);
    }
  }
  const reach = (start, next) => {
    const found = new Set();
    const waiting = [start];
    while (waiting.length > 0) {
      for (const one of next.get(waiting.pop()) ?? []) {
        if (!found.has(one)) {
          found.add(one);
          waiting.push(one);
        }
      }
    }
    return found;
  };
  return {
    /** What a column is computed from at once, in words. */
    says(relation, column) {
      const name = key(relation, column);
      if (unknown.has(name)) return 'not known';
      if (!up.has(name)) return '';
      return up.get(name).map(one => parts(one).join('.')).join(', ') || 'no column';
    },
    knows: relation => relations.some(one => one.name === relation),
    before: (relation, column) => reach(key(relation, column), up),
    after: (relation, column) => reach(key(relation, column), down),
    from: name => up.get(name) ?? [],
    isUnknown: name => unknown.has(name),
  };
}

function boxes(columns, files) {
  const order = new Map(files.map((file, at) => [file.name, {depth: file.depth, at}]));
  const byRelation = new Map();
  for (const name of columns) {
    const [relation, column] = parts(name);
    byRelation.set(relation, [...(byRelation.get(relation) ?? []), column]);
  }
  const known = [...byRelation].filter(([relation]) => order.has(relation))
    .toSorted((a, b) => order.get(a[0]).depth - order.get(b[0]).depth || order.get(a[0]).at - order.get(b[0]).at);
  const depths = [...new Set(known.map(([relation]) => order.get(relation).depth))];
  const bottom = depths.map(() => 10);
  return known.map(([relation, names]) => {
    const x = depths.indexOf(order.get(relation).depth);
    const box = {relation, names, x: 10 + x * (WIDTH + GAP_X), y: bottom[x], height: HEAD + LINE * names.length + 6};
    bottom[x] += box.height + GAP_Y;
    return box;
  });
}

const short = text => text.length > 27 ? `${text.slice(0, 26)}…` : text;

/** The relations that a column's values pass through, with the columns that carry them. */
export function lineageFigure(graph, files, relation, column) {
  const chosen = key(relation, column);
  const [before, after] = [graph.before(relation, column), graph.after(relation, column)];
  const shown = new Set([...before, chosen, ...after]);
  const all = boxes(shown, files);
  const places = new Map(all.flatMap(box => box.names.map((name, i) =>
    [key(box.relation, name), {x: box.x, y: box.y + HEAD + LINE * i + LINE / 2}])));
  const edges = [...shown].flatMap(to => graph.from(to).filter(from => shown.has(from) && places.has(from) && places.has(to)).map(from => {
    const [a, b] = [places.get(from), places.get(to)];
    return svg('path', {class: 'edge near', d: `M${a.x + WIDTH},${a.y} C${a.x + WIDTH + 40},${a.y} ${b.x - 40},${b.y} ${b.x},${b.y}`});
  }));
  const drawn = all.map(box => svg('g', {class: box.relation === relation ? 'chosen' : null},
    svg('rect', {x: box.x, y: box.y, width: WIDTH, height: box.height, rx: 7}),
    svg('text', {x: box.x + 10, y: box.y + 18, class: 'kind'}, short(box.relation)),
    box.names.map((name, i) => svg('text', {x: box.x + 10, y: box.y + HEAD + LINE * i + 14, class: key(box.relation, name) === chosen ? 'chosen' : null},
      short(name), svg('title', null, `${box.relation}.${name}`)))));
  const width = Math.max(...all.map(box => box.x + WIDTH)) + 10;
  const height = Math.max(...all.map(box => box.y + box.height)) + 10;
  const list = names => [...names].map(name => parts(name).join('.')).join(', ') || 'nothing';
  const guess = [chosen, ...before].some(graph.isUnknown);
  const says = `Comes from ${list(before)}${guess ? ', and what is not known' : ''}. Goes into ${list(after)}.`;
  return h('figure', {class: 'card wide'}, h('h3', null, `Lineage of ${column}`),
    h('div', {class: 'graph lineage', tabindex: 0, role: 'region', 'aria-label': `Lineage of ${column}`},
      svg('svg', {width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': says}, edges, drawn)),
    h('figcaption', {class: 'quiet'}, says, ' What rows are joined or filtered by is left out.'));
}

/** Marks in the pipeline which files a column passes through. */
export function mark(graph, root, relation, column) {
  const touched = name => [...name].map(one => parts(one)[0]);
  const [before, after] = [new Set(touched(graph.before(relation, column))), new Set(touched(graph.after(relation, column)))];
  for (const box of root.querySelectorAll('a[data-name]')) {
    box.classList.toggle('before', before.has(box.dataset.name));
    box.classList.toggle('after', after.has(box.dataset.name));
  }
}
