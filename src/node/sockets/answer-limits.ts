/** More header bytes than any front sends; beyond it an answer is cut off. */
export const headerBytesMax = 262_144;

/** Lambda streams up to 200 MB, but what a check asks for is 6 MiB at most; hashed as it comes, never held whole. */
export const bodyBytesMax = 33_554_432;

/** Of the bodies that all connections of a thread hold at a time, to compare them with what is expected. */
export const bodiesBytesMax = 268_435_456;
