/** Calls of every fake of a test, in order, as `port.method`. */
export type Journal = string[];
