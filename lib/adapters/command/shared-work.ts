/** Does work once for all who ask for it under the same name while it is under way. */
export function shareWork<Result>() {
  const underWay = new Map<string, Promise<Result>>();
  return (name: string, work: () => Promise<Result>): Promise<Result> => {
    const known = underWay.get(name);
    if (known !== undefined) return known;
    const begun = work().finally(() => underWay.delete(name));
    underWay.set(name, begun);
    return begun;
  };
}
