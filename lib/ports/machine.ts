/** How much of something is used; the limits of a container count as the machine's. */
export interface Usage {
  /** 0 to 1. */
  used: number;
  /** The figures behind it, for people: `3.1 of 8 GB`. */
  detail: string;
}

/** The machine (or container) that the host runs on. */
export interface Machine {
  /** Over the seconds that the answer takes. */
  cpu(): Promise<Usage>;
  memory(): Promise<Usage>;
  /** Of the file system that holds the data folder. */
  disk(): Promise<Usage>;
}
