/** Values by a list of keys, one map per key: nothing has to be joined into a text first. */
export class Trie<Value> {
  value: Value | undefined;
  #children: Map<unknown, Trie<Value>> | undefined;

  /** The node one key further, made when it is not there. */
  child(key: unknown): Trie<Value> {
    this.#children ??= new Map();
    const known = this.#children.get(key);
    if (known !== undefined) return known;
    const made = new Trie<Value>();
    this.#children.set(key, made);
    return made;
  }
}
