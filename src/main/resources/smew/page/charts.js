// Curves and columns. The library is loaded when the first one is drawn.

import {h} from './dom.js';

let library = null;

function load() {
  library ??= new Promise((resolve, reject) => document.head.append(
    h('script', {src: 'page/chart.umd.min.js', onload: () => resolve(window.Chart), onerror: () => reject(new Error('The chart library did not load.'))})));
  return library;
}

const colour = name => {
  const probe = h('span', {hidden: true});
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
};

/** Until a chart's canvas is gone from the page, it follows the colours of the system. */
const drawn = new Set();

function dress(chart) {
  const [text, line] = [colour('quiet'), colour('line')];
  for (const scale of Object.values(chart.options.scales ?? {})) {
    scale.ticks = {...scale.ticks, color: text};
    scale.grid = {...scale.grid, color: line};
    if (scale.title) scale.title.color = text;
  }
  chart.options.plugins.legend.labels = {color: text, usePointStyle: true, pointStyle: 'line'};
  for (const data of chart.data.datasets) {
    data.borderColor = colour(data.colour ?? 'accent');
    data.backgroundColor = colour(data.colour ?? 'accent');
  }
  chart.update('none');
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawn.forEach(dress));

/**
 * A chart in a box with a title and, for those who do not see it, a sentence.
 *
 * @param says what it shows, in one sentence
 * @param signal ends it
 */
export function chart(title, says, config, signal, low = false) {
  const canvas = h('canvas', {role: 'img', 'aria-label': `${title}. ${says}`});
  const box = h('figure', {class: 'card'}, h('h3', null, title), h('div', {class: low ? 'canvas low' : 'canvas'}, canvas),
    h('figcaption', {class: 'quiet'}, says));
  box.ready = load().then(Chart => {
    if (signal?.aborted) return null;
    const made = new Chart(canvas, {
      ...config,
      options: {
        animation: false,
        maintainAspectRatio: false,
        ...config.options,
        plugins: {legend: {display: config.data.datasets.length > 1}, ...config.options?.plugins},
      },
    });
    dress(made);
    drawn.add(made);
    signal?.addEventListener('abort', () => {
      drawn.delete(made);
      made.destroy();
    });
    return made;
  });
  return box;
}

const axis = (title, more = {}) => ({type: 'linear', title: {display: true, text: title}, ...more});

/** Lines through points: [{label, points: [{x, y}], colour, dashed, dots}]. */
export const lines = (title, says, x, y, series, signal, scales = {}) => chart(title, says, {
  type: 'line',
  data: {datasets: series.map(one => ({
    label: one.label, data: one.points, colour: one.colour, borderWidth: 2, borderDash: one.dashed ? [4, 4] : [],
    pointRadius: one.dots ? 3 : 0, pointHitRadius: 6, showLine: one.line !== false,
  }))},
  options: {parsing: false, interaction: {mode: 'nearest', intersect: false}, scales: {x: axis(x, scales.x), y: axis(y, scales.y)}},
}, signal);

/** Columns: labels and as many numbers for each series. */
export const columns = (title, says, labels, series, signal, low = false, y = undefined) => chart(title, says, {
  type: 'bar',
  data: {labels, datasets: series.map(one => ({label: one.label, data: one.values, colour: one.colour, barPercentage: 1, categoryPercentage: .95}))},
  options: {scales: {x: {ticks: {maxRotation: 0, autoSkip: true}}, y: {beginAtZero: true, title: {display: Boolean(y), text: y ?? ''}}}},
}, signal, low);
