/** @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
export const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What a header's value may hold, as Latin-1. @see https://www.rfc-editor.org/rfc/rfc9110#section-5.5 */
export const value = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The size of a chunk; what extensions say is read and ignored. @see https://www.rfc-editor.org/rfc/rfc9112#section-7.1.1 */
export const chunkSize =
  /^([0-9A-Fa-f]{1,16})(?:;[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:=(?:[!#$%&'*+\-.^_`|~0-9A-Za-z]+|"(?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"))?)*$/;
