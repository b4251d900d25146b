/**
 * To be loaded into a host before all else: chance chooses the shortest pauses that jitter allows, so that a
 * test need not wait out two minutes of patience, and takes as long every time. The numbers still differ, as
 * names are made of some.
 */
let drawn = 0;

Math.random = () => {
  drawn = (drawn + 1) % 1_000_000;
  return drawn * 1e-9;
};
