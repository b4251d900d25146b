/** Time comes in from outside, so that tests can hold it still. */
export interface Clock {
  now(): Date;
}
