// The SQL editor. It is loaded when it is first needed.

import {h} from './dom.js';

const FILES = ['codemirror.js', 'sql.js', 'show-hint.js'];
let library = null;

function script(name) {
  return new Promise((resolve, reject) => document.head.append(
    h('script', {src: `page/${name}`, onload: resolve, onerror: () => reject(new Error(`page/${name} did not load.`))})));
}

function load() {
  library ??= (async () => {
    document.head.append(...['codemirror.css', 'show-hint.css'].map(name => h('link', {rel: 'stylesheet', href: `page/${name}`})));
    for (const name of FILES) await script(name);
    return window.CodeMirror;
  })();
  return library;
}

const KEYWORDS = ('select from where group by order having limit join left right inner outer on using as with and or not in is null case'
  + ' when then else end distinct union all between like ilike exists over partition window rows range filter qualify sample exclude'
  + ' count sum avg min max median quantile_cont approx_count_distinct coalesce nullif round floor date_trunc date_diff cast try_cast').split(' ');

/** Names that go on as the word before the cursor does: of tables and columns first, then words of SQL. */
function hints(editor, names) {
  const cursor = editor.getCursor();
  const before = editor.getLine(cursor.line).slice(0, cursor.ch);
  const word = before.match(/[\w]*$/)[0];
  const begins = name => name.toLowerCase().startsWith(word.toLowerCase()) && name.toLowerCase() !== word.toLowerCase();
  const list = [...new Set([...names().filter(begins), ...KEYWORDS.filter(begins)])].slice(0, 200);
  return {list, from: {line: cursor.line, ch: cursor.ch - word.length}, to: cursor};
}

/**
 * An editor.
 *
 * @param text what it begins with
 * @param names of tables and columns, when completion is asked for
 * @param run called by Ctrl-Enter
 */
export async function editor(text, names, run) {
  const CodeMirror = await load();
  const place = h('div');
  const complete = made => made.showHint({hint: () => hints(made, names), completeSingle: false});
  const made = CodeMirror(place, {
    value: text,
    mode: 'text/x-pgsql',
    lineNumbers: true,
    lineWrapping: true,
    viewportMargin: Infinity,
    screenReaderLabel: 'SQL query',
    extraKeys: {
      'Ctrl-Enter': run,
      'Cmd-Enter': run,
      'Ctrl-Space': complete,
      // Whoever goes through the page by keys gets out again.
      Tab: false,
      'Shift-Tab': false,
    },
  });
  made.on('inputRead', (_, change) => {
    if (/^\w$/.test(change.text[0])) complete(made);
  });
  return {
    element: place,
    text: () => made.getValue(),
    set: value => made.setValue(value),
    shown: () => made.refresh(),
  };
}
