// Where the pages lie that a tablet keeps for when there is no network; the worker opens the same store by this name.
export const COPIES = "zz-ready";
