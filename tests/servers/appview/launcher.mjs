// A whole Bluesky network (PLC, PDS, AppView and what belongs to them) for the nightly tests, on loopback:
//   node launcher.mjs <install folder>       with DB_POSTGRES_URL and REDIS_HOST
// Prints "ready {json}" with the addresses. Ends when its standard input closes, so that no test leaves it behind.
import { createRequire } from 'node:module'
import { Server } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const [installed] = process.argv.slice(2)

// As in ../pds/launcher.mjs: what would listen on all interfaces listens on loopback.
const listen = Server.prototype.listen
Server.prototype.listen = function (at, ...rest) {
  const port = typeof at === 'object' && at !== null && !('path' in at) ? at.port : at
  return typeof port === 'number' || (typeof port === 'string' && /^\d+$/.test(port))
    ? listen.call(this, { port: Number(port), host: '127.0.0.1' }, ...rest.filter((one) => typeof one === 'function'))
    : listen.call(this, at, ...rest)
}

const require = createRequire(join(installed, 'node_modules', 'x.js'))
const { TestNetwork } = await import(pathToFileURL(require.resolve('@atproto/dev-env')).href)
const network = await TestNetwork.create({
  dbPostgresSchema: 'genlyd',
  ozone: { chatUrl: 'http://localhost:9', chatDid: 'did:example:chat' },
})
const loopback = (url) => url.replace('localhost', '127.0.0.1')
console.log(
  'ready ' + JSON.stringify({ pds: loopback(network.pds.url), plc: loopback(network.plc.url), appview: loopback(network.bsky.url) }),
)
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
