// The card of a model: how good it is, what it looks at, and what a threshold would cost.

import {get} from './server.js';
import {bars, figures, h, number, percent, put, twin} from './dom.js';
import {columns as columnChart, lines} from './charts.js';
import {table} from './table.js';

/** What a person looks at first; the others follow below. */
const FIRST = ['auc', 'pr_auc', 'log_loss', 'brier', 'accuracy', 'f1', 'cost', 'r2', 'rmse', 'mae'];

const settings = algorithm => [algorithm.name, ...Object.entries(algorithm.parameters).map(([key, value]) => `${key}=${value}`)].join(' ');

const title = name => name.replaceAll('_', ' ');

function quality(card) {
  const {figures: found, baseline = {}, uncertainty} = card.metrics;
  const one = name => {
    const range = uncertainty?.intervals?.[name];
    const more = [range ? `${number(range.low)} to ${number(range.high)}` : null,
      name in baseline ? `trivial model ${number(baseline[name])}` : null].filter(Boolean).join(' · ');
    return [title(name), number(found[name]), more];
  };
  const first = FIRST.filter(name => name in found);
  const others = Object.keys(found).filter(name => !first.includes(name));
  return [figures(first.map(one)),
    others.length === 0 ? null : h('details', null, h('summary', null, 'More figures'), figures(others.map(one)))];
}

function curves(card, signal) {
  const all = [];
  const {ranking, reliability = [], distribution = [], errors = []} = card.metrics.curves ?? {};
  if (ranking) {
    const steps = ranking.steps;
    const rate = card.metrics.figures.positive_rate;
    const chosen = card.threshold ? nearest(steps, card.threshold.value) : null;
    const mark = (x, y) => chosen ? [{label: 'threshold', points: [{x: x(chosen), y: y(chosen)}], dots: true, line: false, colour: 'up'}] : [];
    const curve = (name, says, nameX, nameY, x, y, guess) => lines(name, says, nameX, nameY, [
      {label: 'model', points: steps.filter(step => step.called > 0).map(step => ({x: x(step), y: y(step)}))},
      {label: 'guessing', points: guess, dashed: true, colour: 'quiet'},
      ...mark(x, y)], signal, {x: {min: 0, max: 1}, y: {min: 0, max: 1}});
    all.push(
      curve('ROC', `Area ${number(card.metrics.figures.auc)}.`, 'false alarms', 'recall', step => step.false_alarms, step => step.recall, [{x: 0, y: 0}, {x: 1, y: 1}]),
      curve('Precision and recall', `Area ${number(card.metrics.figures.pr_auc)}.`, 'recall', 'precision', step => step.recall, step => step.precision, [{x: 0, y: rate}, {x: 1, y: rate}]),
      curve('Gain', 'How much of the positive class is among the rows ranked first.', 'rows called', 'recall', step => step.called, step => step.recall, [{x: 0, y: 0}, {x: 1, y: 1}]));
  }
  if (reliability.length > 0) {
    const most = Math.min(1, 1.1 * Math.max(...reliability.flatMap(bin => [bin.mean_probability, bin.interval.high])));
    all.push(lines('Calibration', 'What was said, beside what came true.', 'mean probability', 'share true', [
      {label: 'model', points: reliability.map(bin => ({x: bin.mean_probability, y: bin.share_true})), dots: true},
      {label: 'perfect', points: [{x: 0, y: 0}, {x: most, y: most}], dashed: true, colour: 'quiet'}], signal, {x: {min: 0, max: most}, y: {min: 0, max: most}}));
  }
  if (errors.length > 0) {
    const ends = errors.flatMap(bin => [bin.mean_prediction, bin.mean_truth]);
    const [least, most] = [Math.min(...ends), Math.max(...ends)];
    const of = y => errors.map(bin => ({x: bin.mean_prediction, y: y(bin)}));
    all.push(lines('Predicted and true', 'Rows of like prediction: what came true in the mean, and the middle half of it.', 'mean prediction', 'truth', [
      {label: 'mean truth', points: of(bin => bin.mean_truth), dots: true},
      {label: 'middle half', points: of(bin => bin.lower_quartile), dashed: true, colour: 'up'},
      {label: 'middle half, upper end', points: of(bin => bin.upper_quartile), dashed: true, colour: 'up'},
      {label: 'perfect', points: [{x: least, y: least}, {x: most, y: most}], dashed: true, colour: 'quiet'}], signal));
  }
  if (distribution.length > 0) {
    const names = [...new Set(distribution.map(bin => bin.class_name))];
    const edges = [...new Set(distribution.map(bin => bin.from))].sort((a, b) => a - b);
    const regression = names.length === 1 && names[0] === '';
    all.push(columnChart(regression ? 'Predicted numbers' : 'Probabilities',
      regression ? 'Held-out rows by what was predicted of them, in shares of all.' : 'Held-out rows by the probability that was given, in shares of their class.',
      edges.map(number), names.map((name, i) => {
        const own = distribution.filter(bin => bin.class_name === name);
        const rows = own.reduce((sum, bin) => sum + bin.rows, 0);
        return {label: regression ? 'rows' : `class ${name}`, colour: i === 0 ? 'down' : 'up',
          values: edges.map(edge => (own.find(bin => bin.from === edge)?.rows ?? 0) / rows)};
      }), signal));
  }
  return all;
}

const nearest = (steps, threshold) => steps.reduce((best, step) =>
  Math.abs(step.threshold - threshold) < Math.abs(best.threshold - threshold) ? step : best);

/** Predicted beside true classes, where there is no threshold to move. */
function confusion(card) {
  const counts = card.metrics.confusion ?? [];
  if (counts.length === 0 || (card.positive && card.metrics.curves?.ranking)) return null;
  return h('section', {class: 'card', 'aria-label': 'Confusion'}, h('h3', null, 'Confusion'), h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Confusion matrix'},
    h('table', {class: 'confusion'},
      h('thead', null, h('tr', null, h('td'), card.classes.map(name => h('th', {scope: 'col'}, `predicted ${name}`)))),
      h('tbody', null, counts.map((row, i) => h('tr', null, h('th', {scope: 'row'}, `truly ${card.classes[i]}`), row.map(count => h('td', null, number(count)))))))));
}

/** Moves the threshold over the held-out rows, and shows who would be called and what mistakes would cost. */
function thresholds(card) {
  const steps = card.metrics.curves?.ranking?.steps;
  if (!steps || !card.positive) return null;
  const rows = card.rows.held_out;
  const positives = Math.round(card.metrics.figures.positive_rate * rows);
  const negatives = rows - positives;
  const prices = card.threshold?.rule?.match(/fp=([\d.]+) fn=([\d.]+)/) ?? [null, '1', '1'];
  const price = (name, value) => h('input', {type: 'number', min: 0, step: 'any', value, 'aria-label': name, oninput: draw});
  const [falseAlarm, missed] = [price('Cost of a false alarm', prices[1]), price('Cost of a missed one', prices[2])];
  const inside = steps.filter(step => step.threshold >= 0 && step.threshold <= 1).toSorted((a, b) => a.threshold - b.threshold);
  const at = inside.indexOf(nearest(inside, card.threshold?.value ?? 0.5));
  const slider = h('input', {type: 'range', min: 0, max: inside.length - 1, value: at, 'aria-label': 'Threshold', oninput: draw});
  const place = h('div', {'aria-live': 'polite'});
  const counts = step => {
    const hit = Math.round(step.recall * positives);
    const alarms = Math.round(step.false_alarms * negatives);
    return {hit, alarms, missed: positives - hit, passed: negatives - alarms};
  };
  const cost = step => (counts(step).alarms * Number(falseAlarm.value) + counts(step).missed * Number(missed.value)) / rows;
  function draw() {
    const step = inside[Number(slider.value)];
    slider.setAttribute('aria-valuetext', number(step.threshold));
    const found = counts(step);
    const best = inside.reduce((least, other) => cost(other) < cost(least) ? other : least);
    const other = card.classes.find(name => name !== card.positive);
    put(place, 
      figures([['threshold', number(step.threshold)], ['called', percent(step.called)], ['recall', percent(step.recall)],
        ['precision', percent(step.precision)], ['cost per row', number(cost(step)), `least ${number(cost(best))} at ${number(best.threshold)}`]]),
      h('table', {class: 'confusion'}, h('caption', {class: 'quiet'}, `Of ${number(rows)} held-out rows`),
        h('thead', null, h('tr', null, h('td'), h('th', {scope: 'col'}, `predicted ${other}`), h('th', {scope: 'col'}, `predicted ${card.positive}`))),
        h('tbody', null,
          h('tr', null, h('th', {scope: 'row'}, `truly ${other}`), h('td', null, number(found.passed)), h('td', null, number(found.alarms))),
          h('tr', null, h('th', {scope: 'row'}, `truly ${card.positive}`), h('td', null, number(found.missed)), h('td', null, number(found.hit))))));
  }
  draw();
  return h('section', {class: 'card', 'aria-label': 'Threshold'}, h('h3', null, 'Threshold'),
    card.threshold ? h('p', {class: 'quiet'}, `The model calls a row ${card.positive} from ${number(card.threshold.value)} on (${card.threshold.rule}).`)
      : h('p', {class: 'quiet'}, 'The model predicts the more probable class.'),
    slider, h('p', {class: 'row'}, h('label', null, 'Cost of a false alarm', falseAlarm), h('label', null, 'Cost of a missed one', missed)), place);
}

function inputs(card, signal) {
  const says = new Map(card.inputs.map(input => [input.name, input.description]));
  const parts = [];
  if (card.importance.length > 0) {
    parts.push(h('section', {class: 'card'}, h('h3', null, 'Importance'), bars(card.importance.map(one =>
      ({name: one.input, value: one.share, text: percent(one.share), title: says.get(one.input)})), () => 'var(--accent)')));
  }
  const permutation = card.insight?.permutation ?? [];
  if (permutation.length > 0) {
    parts.push(h('section', {class: 'card'}, h('h3', null, `What is lost without an input (${title(permutation[0].metric)})`), bars(permutation.map(one =>
      ({name: one.input, value: one.loss, title: `${number(one.interval.low)} to ${number(one.interval.high)}`})))));
  }
  const dependence = (card.insight?.dependence ?? []).map(one => {
    const numeric = one.points.every(point => point.value.trim() !== '' && Number.isFinite(Number(point.value)));
    const name = `${one.input}`;
    const sentence = `Mean prediction${one.of ? ` for ${one.of}` : ''} where ${one.input} has a value.`;
    return numeric
      ? lines(name, sentence, one.input, 'mean', [{label: 'mean', points: one.points.map(point => ({x: Number(point.value), y: point.mean})), dots: true}], signal)
      : columnChart(name, sentence, one.points.map(point => point.value), [{label: 'mean', values: one.points.map(point => point.mean)}], signal);
  });
  return [h('h2', null, 'Inputs'), h('div', {class: 'split'}, parts),
    dependence.length === 0 ? null : [h('h2', null, 'Partial dependence'), h('div', {class: 'charts'}, dependence)]];
}

function leaks(card) {
  const found = card.audit?.leaks ?? [];
  const steps = card.audit?.careless?.steps ?? [];
  return [h('h2', null, 'Can it be trusted?'),
    found.length === 0 ? h('p', null, 'Leak tests found nothing in its rows.') : h('ul', null, found.map(leak =>
      h('li', null, h('strong', {class: leak.reason ? null : 'warn'}, `${leak.kind} ${leak.column ?? ''} `), leak.evidence, leak.reason ? ` Allowed: ${leak.reason}.` : ` ${leak.cure ?? ''}`))),
    steps.length === 0 ? null : h('p', {class: 'quiet'}, 'A careless protocol would have printed: ', steps.map((step, i) =>
      [i ? '; ' : '', `auc ${number(step.figures.auc)} if ${step.mistake}`]), '.')];
}

function board(card) {
  const entries = card.search?.leaderboard ?? [];
  if (entries.length === 0) return null;
  return [h('h2', null, 'Leaderboard'), table(
    [{name: 'algorithm'}, {name: title(card.search.metric), type: 'DOUBLE'}, {name: 'standard error', type: 'DOUBLE'}, {name: 'folds', type: 'BIGINT'}, {name: 'rows', type: 'BIGINT'}, {name: 'chosen'}],
    entries.map(one => [settings(one.algorithm), one.mean, one.standard_error, one.folds_done, one.rows, one.chosen ? 'chosen' : '']), 'Leaderboard')];
}

/** The figures of this model in another release beside those of this one. */
function compare(card, releases, served, signal) {
  const others = releases.filter(release => release.id !== served && release.models.some(model => model.name === card.name));
  if (others.length === 0) return null;
  const place = h('div', {'aria-live': 'polite'});
  const select = h('select', {'aria-label': 'Another release', onchange: draw}, others.map(other => h('option', {value: other.id}, other.id)));
  function draw() {
    const model = others.find(other => other.id === select.value).models.find(one => one.name === card.name);
    put(place, table([{name: 'figure'}, {name: 'this', type: 'DOUBLE'}, {name: 'the other', type: 'DOUBLE'}, {name: 'difference', type: 'DOUBLE'}],
      Object.entries(card.metrics.figures).map(([name, value]) => [title(name), value, model.metrics[name] ?? null,
        name in model.metrics ? value - model.metrics[name] : null]), 'Two releases'));
  }
  draw();
  return [h('h2', null, 'Compared with another release'), h('p', {class: 'row'}, h('label', null, 'Release', select)), place];
}

export async function show({path: [name]}, signal) {
  const {models, release, default: usual} = await get('models', signal);
  if (models.length === 0) return h('div', null, h('h1', null, 'Model'), h('p', null, 'This release has no model: it was made with --features-only.'));
  const card = models.find(model => model.name === name) ?? models.find(model => model.name === usual) ?? models[0];
  const {releases} = await get('releases', signal).catch(() => ({releases: []}));
  return h('div', null,
    h('h1', null, card.name),
    models.length > 1 ? h('nav', {'aria-label': 'Models'}, models.map(model =>
      h('a', {href: `#/model/${encodeURIComponent(model.name)}`, 'aria-current': model === card ? 'true' : null}, model.name))) : null,
    h('p', null, `${title(card.task)} of ${card.label}, `, h('code', null, settings(card.algorithm)),
      `. Learned from ${number(card.rows.training)} rows, judged on ${number(card.rows.held_out)} that were held out by ${card.split.by}. `,
      twin(`models/${encodeURIComponent(card.name)}`)),
    quality(card),
    h('div', {class: 'charts'}, curves(card, signal)),
    thresholds(card),
    confusion(card),
    inputs(card, signal),
    leaks(card),
    board(card),
    compare(card, releases, release, signal));
}
