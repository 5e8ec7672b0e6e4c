// An authorisation server on loopback: node launcher.mjs <folder with node_modules> <port> <redirect address>
// Access tokens live two seconds, refresh tokens work once, and PKCE is a must.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, port, redirect] = process.argv.slice(2);
const main = createRequire(`${folder}/`).resolve("oidc-provider");
const { default: Provider } = await import(pathToFileURL(main).href);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [
    {
      client_id: "genlyd",
      client_secret: "a-secret-that-is-long-enough-for-anybody",
      redirect_uris: [redirect],
      grant_types: ["authorization_code", "refresh_token"],
      response_types: ["code"],
      token_endpoint_auth_method: "client_secret_basic",
      revocation_endpoint_auth_method: "client_secret_basic",
    },
  ],
  cookies: { keys: ["loopback"] },
  features: { devInteractions: { enabled: true }, revocation: { enabled: true } },
  findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  issueRefreshToken: () => true,
  pkce: { required: () => true },
  rotateRefreshToken: true,
  ttl: { AccessToken: 2, AuthorizationCode: 30, Grant: 3600, IdToken: 60, Interaction: 60, RefreshToken: 3600, Session: 60 },
});
provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
