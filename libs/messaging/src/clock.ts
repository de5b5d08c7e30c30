/** Now, in ms since 1970; injected, so that tests own the time. */
export type Clock = () => number;
