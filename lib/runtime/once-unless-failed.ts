/** Makes something at first need and keeps it; what has failed is tried again when it is needed again. */
export function onceUnlessFailed<Value>(create: () => Promise<Value>): () => Promise<Value> {
  let pending: Promise<Value> | undefined;
  return () => {
    pending ??= create().catch((error: unknown) => {
      pending = undefined;
      throw error;
    });
    return pending;
  };
}
