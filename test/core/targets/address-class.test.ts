import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classifyAddress, isAllowed, isIpAddress, isPrivateAddress, isRange } from "#core/targets/address-class.ts";

describe("the class of an address", () => {
  test.each([
    ["127.0.0.1", "loopback"],
    ["127.255.255.255", "loopback"],
    ["::1", "loopback"],
    ["::ffff:127.0.0.1", "loopback"],
    ["10.0.0.0", "rfc1918"],
    ["172.16.0.1", "rfc1918"],
    ["172.31.255.255", "rfc1918"],
    ["192.168.1.1", "rfc1918"],
    ["::ffff:10.1.2.3", "rfc1918"],
    ["::ffff:a00:1", "rfc1918"],
    ["100.64.0.1", "shared"],
    ["100.127.255.255", "shared"],
    ["169.254.1.1", "link-local"],
    ["fe80::1", "link-local"],
    ["169.254.171.65", "lattice"],
    ["::ffff:169.254.171.65", "lattice"],
    ["fd00:ec2:80::a9fe:ab41", "lattice"],
    ["169.254.172.1", "link-local"],
    ["fd00:ec2:81::1", "unique-local"],
    ["fc00::1", "unique-local"],
    ["172.32.0.1", "public"],
    ["100.128.0.1", "public"],
    ["129.224.0.1", "public"],
    ["52.94.1.1", "public"],
    ["2600:1f00::1", "public"],
    ["64:ff9b::a00:1", "public"],
    ["0.0.0.0", "reserved"],
    ["::", "reserved"],
    ["255.255.255.255", "reserved"],
    ["224.0.0.1", "reserved"],
    ["ff02::1", "reserved"],
    ["203.0.113.1", "reserved"],
    ["2001:db8::1", "reserved"],
    ["", "not-an-address"],
    ["localhost", "not-an-address"],
    ["010.0.0.1", "not-an-address"],
    ["0x7f.0.0.1", "not-an-address"],
    ["127.1", "not-an-address"],
    ["2130706433", "not-an-address"],
    ["1.2.3.256", "not-an-address"],
    ["fe80::1%eth0", "not-an-address"],
    ["[::1]", "not-an-address"],
  ])("%s is %s", (address, expected) => {
    expect(classifyAddress(address)).toBe(expected);
  });

  test("a mapped IPv4 address has the class of the address within", () => {
    fc.assert(fc.property(fc.ipV4(), (address) => classifyAddress(`::ffff:${address}`) === classifyAddress(address)));
  });

  test("every address the standard arbitraries make has a class, and never that of a non-address", () => {
    fc.assert(fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => classifyAddress(address) !== "not-an-address"));
  });

  test("any text has a class", () => {
    fc.assert(fc.property(fc.string(), (text) => isIpAddress(text) === (classifyAddress(text) !== "not-an-address")));
  });
});

describe("what is allowed", () => {
  test.each([
    ["10.0.0.1", ["private"], [], true],
    ["169.254.171.65", ["private"], [], true],
    ["52.94.1.1", ["private"], [], false],
    ["52.94.1.1", ["public"], [], true],
    ["10.0.0.1", ["public"], [], false],
    ["52.94.1.1", ["private", "52.94.0.0/16"], [], true],
    ["52.95.1.1", ["private", "52.94.0.0/16"], [], false],
    ["52.94.1.1", ["52.94.1.1"], [], true],
    ["::ffff:52.94.1.1", ["52.94.1.1"], [], true],
    ["52.94.1.1", ["::ffff:52.94.0.0/112"], [], true],
    ["129.224.3.3", ["private"], ["129.224.0.0/17"], true],
    ["129.224.3.3", ["public"], ["129.224.0.0/17"], true],
    ["129.224.128.1", ["private"], ["129.224.0.0/17"], false],
    ["10.0.0.1", [], [], false],
    ["2600::1", ["10.0.0.0/8"], [], false],
    ["2600::1", ["2600::/16"], [], true],
    ["0.0.0.0", ["private", "public"], [], false],
    ["not an address", ["private", "public"], [], false],
    ["10.0.0.1", ["nonsense", "10.0.0.0/99"], [], false],
  ])("%s with %j and extra ranges %j: %s", (address, allow, extra, expected) => {
    expect(isAllowed(address, allow, extra)).toBe(expected);
  });

  test("no address is both private and public", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.ipV4(), fc.ipV6()),
        (address) => !(isPrivateAddress(address) && isAllowed(address, ["public"])),
      ),
    );
  });

  test.each([
    ["10.0.0.0/8", true],
    ["10.0.0.1", true],
    ["fd00::/8", true],
    ["10.0.0.0/33", false],
    ["10.0.0.0/", false],
    ["10.0.0.0/8/8", false],
    ["/8", false],
    ["fd00::/129", false],
  ])("%s is a range: %s", (text, expected) => {
    expect(isRange(text)).toBe(expected);
  });
});
