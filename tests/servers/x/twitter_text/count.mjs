// Reads one JSON string a line, answers with one line of JSON: [weight, is it a post, its addresses].
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { parseTweet, extractUrls } = createRequire(`${process.argv[2]}/`)("twitter-text");
for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  const { weightedLength, valid } = parseTweet(text);
  console.log(JSON.stringify([weightedLength, valid, extractUrls(text.normalize())]));
}
