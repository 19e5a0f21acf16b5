// ltijs as its documentation sets it up, for benchmarks.ltijs: its rows in memory, the platform's key given by hand.
// Reads one line {issuer, clientId, key}; prints its port; /cpu says how many seconds of process time it took so far.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import ltijs from "ltijs";

const lti = ltijs.Provider;

/** What ltijs asks of a database: collections of rows found by some of their fields, some of them sealed. */
class Rows {
  collections = {};

  async setup() {
    return true;
  }

  async Close() {
    return true;
  }

  async Get(secret, collection, query) {
    const found = this.#all(collection).filter((row) => fits(row, query));
    return found.length > 0 && found.map((row) => (secret ? opened(row, secret) : row));
  }

  async Insert(secret, collection, item, index) {
    this.#all(collection).push({ createdAt: Date.now(), ...(secret ? { ...index, ...sealed(item, secret) } : item) });
    return true;
  }

  async Replace(secret, collection, query, item, index) {
    await this.Delete(collection, query);
    return this.Insert(secret, collection, item, index);
  }

  async Modify(secret, collection, query, change) {
    for (const row of this.#all(collection).filter((each) => fits(each, query))) Object.assign(row, change);
    return true;
  }

  async Delete(collection, query) {
    this.collections[collection] = this.#all(collection).filter((row) => !fits(row, query));
    return true;
  }

  #all(collection) {
    return (this.collections[collection] ??= []);
  }
}

const fits = (row, query = {}) => Object.entries(query || {}).every(([name, value]) => row[name] === value);
const keyOf = (secret) => createHash("sha256").update(secret).digest();

function sealed(item, secret) {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", keyOf(secret), iv);
  const data = Buffer.concat([cipher.update(JSON.stringify(item)), cipher.final()]);
  return { iv: iv.toString("hex"), data: data.toString("hex") };
}

function opened(row, secret) {
  const decipher = createDecipheriv("aes-256-cbc", keyOf(secret), Buffer.from(row.iv, "hex"));
  const data = Buffer.concat([decipher.update(Buffer.from(row.data, "hex")), decipher.final()]);
  return { ...JSON.parse(data.toString()), createdAt: row.createdAt };
}

createInterface({ input: process.stdin }).once("line", async (line) => {
  const { issuer, clientId, key } = JSON.parse(line);
  lti.setup("a secret of the benchmark", { plugin: new Rows() }, { tokenMaxAge: 60 });
  lti.onConnect((token, request, response) => response.send("There."));
  await lti.deploy({ serverless: true });
  await lti.registerPlatform({
    url: issuer,
    name: "School",
    clientId,
    authenticationEndpoint: `${issuer}/auth`,
    accesstokenEndpoint: `${issuer}/token`,
    authConfig: { method: "RSA_KEY", key },
  });
  const server = createServer((request, response) => {
    if (request.url !== "/cpu") return lti.app(request, response);
    const { user, system } = process.cpuUsage();
    return response.end(String((user + system) / 1e6));
  });
  server.listen(0, "127.0.0.1", () => console.log(`port ${server.address().port}`));
});
