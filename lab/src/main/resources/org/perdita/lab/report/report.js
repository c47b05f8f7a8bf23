"use strict";
(() => {
  const figures = JSON.parse(document.getElementById("figures").textContent);
  figures.flatMap((figure) => figure.charts).flatMap((chart) => chart.series).forEach((series) => {
    series.points = series.points.map(([x, y, low, high]) => ({ x, y, low, high }));
  });
  const drawn = new Map();
  const marks = ["circle", "triangle", "rect", "rectRot", "rectRounded"];
  const dashes = [[], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2]];

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const css = (colour, alpha = 1) => `rgb(${colour.map(Math.round).join(" ")} / ${alpha})`;
  const mix = (a, b, t) => a.map((v, i) => v + (b[i] - v) * t);

  // Losses share a hue; their parameters run from its deeper to its paler tones.
  function colour(series, all) {
    const base = rgb(style(`--c${series.slot}`));
    const tones = Math.max(...all.filter((s) => s.slot === series.slot).map((s) => s.shade)) + 1;
    const t = tones < 2 ? 0 : series.shade / (tones - 1) - 0.5;
    return mix(base, rgb(style(t < 0 ? "--ink" : "--surface")), 0.9 * Math.abs(t));
  }

  const dense = (series) => series.points.length > 16;
  const point = (p, y) => ({ x: p.x, y: p[y], low: p.low, high: p.high });

  // Published numbers wear the mark of the loss before them.
  function mark(chart, series) {
    const before = chart.series.slice(0, chart.series.indexOf(series) + 1).filter((s) => !s.published);
    return marks[(before.length - 1) % marks.length];
  }

  function lines(chart, series, index) {
    const ink = colour(series, chart.series);
    const few = !dense(series);
    const common = { owner: index, tension: 0, spanGaps: false, clip: 8 };
    const band = (y, fill) => ({
      ...common, band: true, data: series.points.map((p) => point(p, y)), fill, borderWidth: 0,
      pointRadius: 0, pointHoverRadius: 0, backgroundColor: css(ink, 0.16), label: series.name,
    });
    const line = {
      ...common, label: series.name, data: series.points.map((p) => point(p, "y")),
      borderColor: css(ink), backgroundColor: series.published ? style("--surface") : css(ink),
      borderWidth: series.published ? 1.5 : 2.25,
      borderDash: series.published ? [3, 4] : dashes[series.shade % dashes.length],
      pointStyle: few ? mark(chart, series) : "line", pointRadius: few ? 4 : 0, pointHoverRadius: 5,
      pointBorderWidth: 1.5, pointHitRadius: 8,
    };
    return series.points.some((p) => p.low !== null)
      ? [band("low", false), band("high", "-1"), line] : [line];
  }

  // Places without a number: invisible bars keep a group's marks side by side.
  function dots(chart, series, index) {
    const at = new Map(series.points.map((p) => [p.x, p]));
    const ink = colour(series, chart.series);
    return [{
      owner: index, label: series.name, data: chart.ticks.map((tick) => at.get(tick.x)?.y ?? null),
      dots: chart.ticks.map((tick) => at.get(tick.x) ?? null), ink: css(ink), mark: mark(chart, series),
      fill: series.published ? style("--surface") : css(ink), backgroundColor: "transparent",
      maxBarThickness: 26, categoryPercentage: 0.7,
    }];
  }

  const whiskers = {
    id: "whiskers",
    afterDatasetsDraw(chart) {
      const { ctx, scales } = chart;
      ctx.save();
      chart.data.datasets.forEach((set, d) => {
        if (!set.dots || !chart.isDatasetVisible(d)) return;
        ctx.strokeStyle = set.ink;
        ctx.fillStyle = set.fill;
        ctx.lineWidth = 1.75;
        chart.getDatasetMeta(d).data.forEach((bar, i) => {
          const p = set.dots[i];
          if (!p) return;
          if (p.low !== null) {
            const inside = (y) => Math.min(Math.max(y, scales.y.min), scales.y.max);
            const [top, bottom] = [p.high, p.low].map((y) => scales.y.getPixelForValue(inside(y)));
            ctx.beginPath();
            ctx.moveTo(bar.x, top);
            ctx.lineTo(bar.x, bottom);
            for (const y of [top, bottom]) { ctx.moveTo(bar.x - 4, y); ctx.lineTo(bar.x + 4, y); }
            ctx.stroke();
          }
          Chart.helpers.drawPoint(ctx, { pointStyle: set.mark, radius: 4.5, borderWidth: 1.75 }, bar.x, scales.y.getPixelForValue(p.y));
        });
      });
      ctx.restore();
    },
  };

  const digits = (v) => Number(v.toPrecision(4)).toString().replace("-", "−");

  function told(item) {
    const set = item.dataset;
    const p = set.dots ? set.dots[item.dataIndex] : item.raw;
    const band = p && p.low !== null && p.low !== undefined ? ` [${digits(p.low)}, ${digits(p.high)}]` : "";
    return `${set.label}: ${digits(item.parsed.y)}${band}`;
  }

  // Room for every mark and whisker; a mark, unlike a bar, needs no zero.
  function spanned(chart, scale) {
    const ys = chart.series.flatMap((s) => s.points.flatMap((p) => [p.y, p.low, p.high])).filter((y) => y !== null);
    const [low, high] = [Math.min(...ys), Math.max(...ys)];
    const room = 0.06 * (high - low || 1);
    const full = chart.y.endsWith("(%)") && high + room > 100 ? { max: 100 } : {};
    return { ...scale, beginAtZero: false, suggestedMin: low - room, suggestedMax: high + room, ...full };
  }

  // Words in lines of about a dozen letters.
  const folded = (text) => text.split(" ").reduce((rows, word) => {
    const last = rows[rows.length - 1];
    if (last !== undefined && last.length + word.length < 12) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(word);
    return rows;
  }, []);

  // Where the axis has words, they stand exactly at their places and nothing else does.
  function named(chart, scale) {
    if (chart.ticks.length === 0) {
      const xs = chart.series.flatMap((s) => s.points.map((p) => p.x));
      return { ...scale, min: Math.min(...xs), max: Math.max(...xs) };
    }
    const labels = new Map(chart.ticks.map((tick) => [tick.x, tick.label]));
    scale.afterBuildTicks = (axis) => { axis.ticks = [...labels.keys()].map((value) => ({ value })); };
    scale.ticks.callback = (value) => labels.get(value);
    scale.ticks.autoSkip = false;
    return scale;
  }

  function config(chart) {
    const bar = chart.named;
    const axis = (title) => ({
      title: { display: true, text: title, color: style("--quiet") },
      ticks: { color: style("--quiet") }, grid: { color: style("--line") },
      border: { color: style("--line") },
    });
    return {
      type: bar ? "bar" : "line",
      data: {
        labels: bar ? chart.ticks.map((tick) => folded(tick.label)) : undefined,
        datasets: chart.series.flatMap((s, i) => (bar ? dots : lines)(chart, s, i)),
      },
      options: {
        animation: false, maintainAspectRatio: false, parsing: bar ? undefined : true,
        interaction: { mode: bar ? "index" : "nearest", axis: "x", intersect: false },
        scales: {
          x: bar ? { ...axis(chart.x), grid: { display: false } } : named(chart, { ...axis(chart.x), type: "linear" }),
          y: bar ? spanned(chart, axis(chart.y)) : axis(chart.y),
        },
        plugins: {
          legend: {
            position: "bottom", align: "start",
            labels: {
              color: style("--ink"), usePointStyle: true, boxHeight: 7, boxWidth: 14, padding: 12,
              pointStyleWidth: chart.series.every(dense) ? 22 : undefined,
              generateLabels: (c) => labels(c).map((item) => {
                const set = c.data.datasets[item.datasetIndex];
                if (bar) return { ...item, fillStyle: set.fill, strokeStyle: set.ink, lineWidth: 1.75, pointStyle: set.mark };
                return chart.series.every(dense) ? { ...item, lineDash: set.borderDash, lineWidth: set.borderWidth } : item;
              }),
              filter: (item, data) => !data.datasets[item.datasetIndex].band,
            },
            onClick(_, item, legend) {
              const c = legend.chart;
              const owner = c.data.datasets[item.datasetIndex].owner;
              const show = !c.isDatasetVisible(item.datasetIndex);
              c.data.datasets.forEach((set, i) => { if (set.owner === owner) c.setDatasetVisibility(i, show); });
              c.update();
            },
          },
          tooltip: { filter: (item) => !item.dataset.band, callbacks: { label: told } },
        },
      },
      plugins: [whiskers],
    };
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;

  const labels = Chart.defaults.plugins.legend.labels.generateLabels;

  function draw(figure, which) {
    drawn.get(figure.id)?.destroy();
    drawn.set(figure.id, new Chart(document.getElementById(figure.id), config(figure.charts[which])));
  }
  const picked = (figure) =>
    Number(document.querySelector(`select[data-figure="${figure.id}"]`)?.value ?? 0);
  const all = () => figures.forEach((figure) => draw(figure, picked(figure)));

  all();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  document.querySelectorAll("select[data-figure]").forEach((select) =>
    select.addEventListener("change", () => {
      const figure = figures.find((f) => f.id === select.dataset.figure);
      draw(figure, picked(figure));
    }));
  addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));

  const zoom = document.getElementById("zoom");
  document.querySelectorAll("button.zoom").forEach((button) =>
    button.addEventListener("click", () => {
      const from = button.querySelector("img");
      const to = zoom.querySelector("img");
      to.src = from.src;
      to.alt = from.alt;
      zoom.querySelector("p").textContent = from.alt;
      zoom.showModal();
    }));
  zoom.addEventListener("click", (event) => { if (event.target === zoom) zoom.close(); });

  // On a small screen the contents start folded.
  if (matchMedia("(max-width: 71.99rem)").matches) {
    document.querySelector("#contents details").open = false;
  }
})();
