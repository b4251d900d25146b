/**
 * The label of a version that stands for no value, beside those of Secrets Manager, which takes no value
 * away: its value is blank, and whoever sees only labels knows by this one.
 */
export const unsetLabel = 'UNSET';
