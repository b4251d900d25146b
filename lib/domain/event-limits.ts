/** An event is small, whatever came in: bytes of its JSON. */
export const maxEventBytes = 16_384;

/**
 * Characters of each text of an event, and places of each list. Together they stay below `maxEventBytes`
 * also where every character takes three bytes. Apart from the schema, so that webhook functions, which
 * start while a sender waits, need not load zod.
 */
export const eventLimits = {
  type: 120,
  deliveryId: 100,
  time: 40,
  repositoryName: 200,
  branch: 250,
  login: 100,
  senderType: 40,
  authorAssociation: 40,
  subjects: 12,
  subjectName: 40,
  id: 64,
  url: 400,
  ref: 250,
  /** Bytes of the JSON of all changed paths. */
  changedPathsBytes: 6_000,
  identifier: 40,
  previousIdentifiers: 5,
  title: 300,
  labels: 50,
  labelName: 80,
  /** Bytes of the JSON of all labels. */
  labelsBytes: 7_000,
  /** Of what people write to the agent; what is decided goes by the whole of it. */
  prompt: 500,
  signal: 40,
  changedFields: 20,
  fieldName: 60,
} as const;
