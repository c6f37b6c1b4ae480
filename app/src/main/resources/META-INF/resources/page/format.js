// Numbers, times and names for people.

const WHOLE = new Intl.NumberFormat("en");

export function count(number) {
  return number == null ? "–" : WHOLE.format(number);
}

export function rate(number) {
  return number == null ? "" : `${number < 100 ? number.toFixed(1) : count(Math.round(number))}/s`;
}

export function seconds(number) {
  if (number == null) {
    return "";
  }
  const whole = Math.round(number);
  if (whole < 60) {
    return `${whole} s`;
  }
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export function moment(text) {
  return text
    ? new Date(text).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })
    : "–";
}

export function lasted(from, to) {
  return from && to ? seconds((new Date(to) - new Date(from)) / 1000) : "";
}

export function percent(part) {
  return `${(100 * part).toFixed(part < 0.01 ? 2 : 1)} %`;
}

/** "1 photo", "2 photos". */
export function several(number, noun) {
  return `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
}
