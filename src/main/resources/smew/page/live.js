// What watching found: what ran after the last save, what is different, and how each relation looks now.

import {duration, h, number, twin} from './dom.js';
import {glance} from './profile.js';
import {table} from './table.js';

const what = turn => turn.changed.length === 0 ? 'First look' : `${turn.changed.join(', ')} changed`;

function summary({relations, seconds}) {
  const tests = relations.filter(one => one.kind === 'test');
  const passed = tests.filter(one => one.made).length;
  const ran = relations.length - tests.length;
  return `${ran === 0 ? 'nothing had to run' : `${number(ran)} ${ran === 1 ? 'relation' : 'relations'} ran`}`
    + `${tests.length === 0 ? '' : `, ${passed} of ${tests.length} ${tests.length === 1 ? 'test' : 'tests'} passed`}, ${duration(seconds)}`;
}

const difference = one => h('li', null, `${one.what}: `, one.now === undefined ? h('span', {class: 'warn'}, 'gone')
  : [h('strong', null, one.now), one.before === undefined ? ', new' : `, was ${one.before}`]);

const OPEN = 12;

/** Those of the relation that ran first are open, the others closed: they must not push the graph off the screen. */
function differences(found, open) {
  const list = h('ul', null, found.map(difference));
  return found.length === 0 ? ', as before' : found.length <= 3 ? list : h('details', {open: open && found.length <= OPEN}, h('summary', null, `${found.length} differences`), list);
}

function ran(one, first, open) {
  const rows = !one.made ? h('span', {class: 'bad'}, 'not made')
    : `${number(one.rows)} ${one.kind === 'check' ? (one.rows === 1 ? 'row fails' : 'rows fail') : one.rows === 1 ? 'row' : 'rows'}`;
  return h('li', {class: one.kind === 'check' && one.rows > 0 ? 'bad' : null},
    `${one.kind} `, h('a', {href: `#/pipeline/${encodeURIComponent(one.name)}`}, one.name), ' ', rows,
    first || !one.made || one.kind === 'check' ? null : differences(one.differences, open));
}

function turn({at, turn: told}) {
  const shown = told.relations.filter(one => one.kind !== 'test' || !one.made);
  return [h('p', null, h('strong', null, `${new Date(at).toLocaleTimeString()} ${what(told)}`), `: ${summary(told)}.`),
    shown.length === 0 ? null : h('ul', null, shown.map((one, i) => ran(one, told.changed.length === 0, i === 0)))];
}

/** What became of saves, the newest first. */
export function saves(live) {
  if (!live) return null;
  const [newest, ...older] = live.turns;
  return h('section', {'aria-label': 'Saves', class: 'card saves'},
    h('p', {role: 'status', class: 'quiet'}, live.running
      ? `Running what ${live.changed.length === 0 ? 'the project holds' : `${live.changed.join(', ')} concerns`} …` : 'Watching: save a file and see here what it does. ', twin('project')),
    newest ? turn(newest) : null,
    older.length === 0 ? null : h('details', null, h('summary', null, `Saves before (${older.length})`), older.map(turn)));
}

/** The columns of a relation as they are now, and its first rows. */
export function liveColumns(relation, chooser, from) {
  const {place, choose} = chooser;
  return h('div', null, h('h3', null, 'Columns now'),
    h('p', {class: 'quiet'}, `Of ${number(relation.rows)} rows that the SQL on disk makes. A column’s name shows where it comes from and how its values are distributed. Numbers of distinct values are estimates.`),
    table([{name: 'column'}, {name: 'type'}, {name: 'null', type: 'BIGINT'}, {name: 'distinct', type: 'BIGINT'}, {name: 'distribution'}, {name: 'least'}, {name: 'most'}, {name: 'mean'}, {name: 'comes from'}],
      relation.columns.map(column => [choose(column), column.type, column.nulls, column.distinct, glance(column), column.smallest ?? '', column.largest ?? '', column.mean ?? '', from(column)]),
      `Columns of ${relation.name} now`),
    place, h('h3', null, 'Some rows now'), table(relation.columns, relation.sample, `Rows of ${relation.name} now`));
}
