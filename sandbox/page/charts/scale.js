// Round axis steps and the mapping from values to pixels.

const WISHED_STEPS = 5;

function niceStep(span) {
  const rough = span / WISHED_STEPS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const ratio = rough / power;
  const factor = ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10;
  return factor * power;
}

// Ticks that cover all values. Bars and areas start at zero; a line may start higher, when its
// values lie far from zero and close together.
export function axisTicks(values, startsAtZero) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const isNarrow = !startsAtZero && low > 0 && high > low && (high - low) / high < 0.25;
  const bottom = isNarrow ? low : Math.min(0, low);
  const top = Math.max(high, bottom === high ? bottom + 1 : high, 0);
  const step = niceStep(top - bottom || 1);
  const ticks = [];
  for (let index = Math.floor(bottom / step); index <= Math.ceil(top / step); index += 1) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

export function linear(fromLow, fromHigh, toLow, toHigh) {
  const ratio = (toHigh - toLow) / (fromHigh - fromLow || 1);
  return (value) => toLow + (value - fromLow) * ratio;
}

export function shortNumber(value, locale) {
  const options = { maximumFractionDigits: 2, notation: Math.abs(value) >= 10000 ? "compact" : "standard" };
  return new Intl.NumberFormat(locale, options).format(value);
}
