import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, asksForToken, originForOthers } from "./address.js";

test("an address of this computer alone is replaced by what the server says of itself", () => {
  const [here, there] = ["http://127.0.0.1:8866", "https://labs.example"];
  assert.equal(originForOthers({ hostname: "labs.example", origin: there }, {}), there);
  for (const hostname of ["localhost", "127.0.0.1", "[::1]"]) {
    assert.equal(originForOthers({ hostname, origin: here }, { originForOthers: there }), there);
    assert.equal(originForOthers({ hostname, origin: here }, {}), "");
  }
});

test("an address carries the setting, and no place on the page", () => {
  const page = "http://127.0.0.1:8866/recall_lab?x=1#there";
  assert.equal(addressOf(page, "", "abc"), "http://127.0.0.1:8866/recall_lab?x=1&s=abc");
  assert.equal(addressOf(page, "https://labs.example", "abc"), "https://labs.example/recall_lab?x=1&s=abc");
});

test("no address has the server's token, and others are told that they need it", () => {
  const page = "http://127.0.0.1:8888/recall_lab?token=secret";
  assert.equal(addressOf(page, "", "abc"), "http://127.0.0.1:8888/recall_lab?s=abc");
  assert.ok(asksForToken(page, {}));
  assert.ok(asksForToken("http://127.0.0.1:8888/recall_lab", { asksForToken: true }));
  assert.ok(!asksForToken("http://127.0.0.1:8888/recall_lab", {}));
});
