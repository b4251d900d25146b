/** Stands for how a session was begun, beside the ids of what is said in it. */
export const openingTurn = 'created';
