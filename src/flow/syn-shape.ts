/** In the shape of a SYN, in place of its window scale: it had no such option. */
export const NO_SCALE = 255
