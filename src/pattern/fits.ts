/** Whether a text fits a wildcard, in which `*` is any text and `?` one character. */
export function fits(wildcard: string, text: string): boolean {
  return fitsInTurn(wildcard, text, '*', (item, one) => item === '?' || item === one);
}

/**
 * Whether a row, of letters or of anything else, fits a pattern item by item: the star stands for any number of them,
 * every other item for one that it accepts. Going back to the last star only keeps it linear in both.
 */
export function fitsInTurn<Item, One>(
  pattern: ArrayLike<Item>,
  row: ArrayLike<One>,
  star: Item,
  accepts: (item: Item, one: One) => boolean,
): boolean {
  let [at, last, resume] = [0, -1, 0];
  for (let position = 0; position < row.length; ) {
    const item = pattern[at];
    if (item === star) {
      last = at++;
      resume = position;
    } else if (at < pattern.length && accepts(item as Item, row[position] as One)) {
      at++;
      position++;
    } else if (last !== -1) {
      at = last + 1;
      position = ++resume;
    } else return false;
  }
  while (pattern[at] === star) at++;
  return at === pattern.length;
}
