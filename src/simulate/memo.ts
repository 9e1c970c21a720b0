/**
 * A function that answers each question once, and again from memory. Its questions are things that stay as they are; the
 * answers are forgotten together with them.
 */
export function once<Question extends object, Answer>(
  answer: (question: Question) => Answer,
): (question: Question) => Answer {
  const known = new WeakMap<Question, Answer>();
  return (question) => {
    let found = known.get(question);
    if (found === undefined) {
      found = answer(question);
      known.set(question, found);
    }
    return found;
  };
}

/** The same for questions about two things. */
export function onceForTwo<One extends object, Other extends object, Answer>(
  answer: (one: One, other: Other) => Answer,
): (one: One, other: Other) => Answer {
  const known = once((one: One) => once((other: Other) => answer(one, other)));
  return (one, other) => known(one)(other);
}
