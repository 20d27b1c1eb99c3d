// Tables that can be sorted and searched.

import {h, number, put} from './dom.js';

/** Columns of numbers that name something: nobody reads them with commas. */
const NAME = /(^|_)(id|key|code|year|row)$/i;

const NUMBERS = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UINTEGER|DOUBLE|FLOAT|DECIMAL.*)$/;

/** Whether a type of DuckDB holds numbers. */
export const isNumber = type => NUMBERS.test(type);

/** Whether it holds days or moments. */
export const isTime = type => /^(DATE|TIMESTAMP)/.test(type);

function cell(value, column) {
  const numeric = isNumber(column.type ?? '');
  if (value === null || value === undefined) return h('td', {class: numeric ? 'null number' : 'null'}, 'null');
  if (value instanceof Node) return h('td', null, value);
  if (column.exact || NAME.test(column.name) || typeof value !== 'number') {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    return h('td', {class: numeric || typeof value === 'number' ? 'number' : 'text', title: text.length > 40 ? text : null}, text);
  }
  return h('td', {class: 'number', title: String(value)}, number(value));
}

function order(rows, at, down) {
  const known = value => value !== null && value !== undefined;
  const text = value => value instanceof Node ? value.textContent : value;
  return rows.toSorted((a, b) => {
    const [left, right] = [text(a[at]), text(b[at])];
    if (!known(left) || !known(right)) return known(right) - known(left);
    const less = typeof left === 'number' && typeof right === 'number' ? left - right : String(left).localeCompare(String(right));
    return down ? -less : less;
  });
}

/**
 * A table of rows; a click on a column's name sorts.
 *
 * @param columns [{name, type, exact}], exact for numbers that name something, such as ids
 * @param rows arrays with a value or an element for each column
 * @param name what it holds, for those who do not see it
 * @param select called with the number of a row that is chosen, if rows can be
 */
export function table(columns, rows, name, select) {
  let shown = rows;
  let sorted = -1;
  let down = false;
  const body = h('tbody');
  const heads = columns.map((column, at) => h('th', {scope: 'col', class: isNumber(column.type ?? '') ? 'number' : null},
    h('button', {type: 'button', title: column.type, onclick: () => {
      down = sorted === at && !down;
      sorted = at;
      heads.forEach((head, other) => other === at
        ? head.setAttribute('aria-sort', down ? 'descending' : 'ascending') : head.removeAttribute('aria-sort'));
      shown = order(shown, at, down);
      draw();
    }}, column.name)));
  function draw() {
    put(body, ...shown.map(row => {
      const cells = columns.map((column, at) => cell(row[at], column));
      return h('tr', null, cells);
    }));
    if (select) select(body, shown);
  }
  draw();
  const element = h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': name},
    h('table', null, h('thead', null, h('tr', null, heads)), body));
  element.filter = words => {
    const wanted = words.toLowerCase();
    shown = rows.filter(row => row.some(value =>
      value !== null && (value instanceof Node ? value.textContent : String(value)).toLowerCase().includes(wanted)));
    if (sorted >= 0) shown = order(shown, sorted, down);
    draw();
    return shown.length;
  };
  return element;
}

/** A table with a field that leaves only rows with some words. */
export function searchable(columns, rows, name) {
  const element = table(columns, rows, name);
  const count = h('span', {class: 'quiet', role: 'status'});
  const field = h('input', {type: 'search', placeholder: 'Filter rows', 'aria-label': `Filter ${name}`, oninput: () => {
    count.textContent = `${element.filter(field.value)} of ${rows.length} rows`;
  }});
  return h('div', null, h('p', {class: 'row'}, field, count), element);
}
