import { text } from "./scalar.ts";

/** Of a role, a role's session, a user or an account's root. */
export const principalArn = text({
  expected: 'the ARN of a role, a session or a user, such as "arn:aws:iam::111122223333:role/reader"',
  pattern: /^arn:aws[a-z-]*:(?:iam::\d{12}:(?:role\/|user\/|root$)|sts::\d{12}:assumed-role\/)[\w+=,.@/-]*$/,
  example: "arn:aws:iam::111122223333:role/reader",
});

export const roleArn = text({
  expected: 'a role\'s ARN such as "arn:aws:iam::111122223333:role/deployer"',
  pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
  example: "arn:aws:iam::111122223333:role/deployer",
});
