// A real PDS and an in-memory PLC directory for tests: node launcher.mjs <install folder> <data folder> <port> <plc port>
// Prints "ready" when both answer. Ends when its standard input closes, so that no test leaves it behind.
import { createRequire } from 'node:module'
import { Server } from 'node:net'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [installed, data, port, plcPort] = process.argv.slice(2)

// The PDS itself would listen on all interfaces; a test server is nobody else's business.
const listen = Server.prototype.listen
Server.prototype.listen = function (at, ...rest) {
  return typeof at === 'number' || typeof at === 'string'
    ? listen.call(this, { port: Number(at), host: '127.0.0.1' }, ...rest.filter((one) => typeof one === 'function'))
    : listen.call(this, at, ...rest)
}

// A public name for what runs on loopback: the PDS fetches a client's metadata at its https address only.
const realFetch = globalThis.fetch
globalThis.fetch = function (input, init) {
  const url = new URL(input instanceof Request ? input.url : String(input))
  const names = existsSync(join(data, 'names.json')) ? JSON.parse(readFileSync(join(data, 'names.json'), 'utf8')) : {}
  const origin = url.protocol === 'https:' && names[url.hostname]
  return origin ? realFetch(origin + url.pathname + url.search, { headers: { accept: 'application/json' } }) : realFetch(input, init)
}

const require = createRequire(join(installed, 'node_modules', 'x.js'))
const load = (name) => import(pathToFileURL(require.resolve(name)).href)
const plc = (await load('@did-plc/server')).default ?? (await load('@did-plc/server'))
const { PDS } = await import(pathToFileURL(join(installed, 'node_modules/@atproto/pds/dist/index.js')).href)

const directory = plc.PlcServer.create({ db: plc.Database.mock(), port: Number(plcPort) })
await directory.start()
const pds = await PDS.fromEnv({
  devMode: true,
  port: Number(port),
  hostname: 'localhost',
  dataDirectory: data,
  blobstoreDiskLocation: join(data, 'blobs'),
  didPlcUrl: `http://127.0.0.1:${plcPort}`,
  adminPassword: 'admin',
  jwtSecret: 'a secret of the tests only',
  plcRotationKeyK256PrivateKeyHex: '3'.repeat(64),
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  disableSsrfProtection: true,
  bskyAppViewUrl: 'http://127.0.0.1:9',
  bskyAppViewDid: 'did:example:nobody',
})
await pds.start()
console.log('ready')

process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
