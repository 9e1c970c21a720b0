/**
 * How many nodes each node strictly dominates, itself not counted: what is cut off from the root when the node is lost.
 * Takes the answer of `dominators`, and which nodes count; linear in nodes.
 */
export function dominated(idom: Int32Array, isCounted: (node: number) => boolean = () => true): Int32Array {
  const counts = new Int32Array(idom.length);
  const children = new Int32Array(idom.length);
  for (const parent of idom) {
    if (parent !== -1) children[parent]!++;
  }

  // A climb from each leaf goes on only from a node whose last child has been counted.
  const pending = children.slice();
  for (let leaf = 0; leaf < idom.length; leaf++) {
    if (children[leaf] !== 0) continue;
    for (let node = leaf; pending[node] === 0 && idom[node] !== -1; node = idom[node]!) {
      counts[idom[node]!]! += counts[node]! + (isCounted(node) ? 1 : 0);
      pending[idom[node]!]!--;
    }
  }
  return counts;
}
