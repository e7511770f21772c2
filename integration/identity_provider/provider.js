// An OpenID provider for tests: everybody signs on as whom he says he is. Says its port on standard output.
//   node provider.js NODE_MODULES KEY CERTIFICATE CLIENT_SECRET REDIRECT_URI
'use strict';
const fs = require('fs');
const https = require('https');

const [modules, key, certificate, secret, redirect] = process.argv.slice(2);

(async () => {
  const {default: Provider} = await import(`${modules}/oidc-provider/lib/index.js`);
  const server = https.createServer({key: fs.readFileSync(key), cert: fs.readFileSync(certificate)});
  server.listen(0, '127.0.0.1', () => {
    const {port} = server.address();
    const provider = new Provider(`https://localhost:${port}`, {
      clients: [{client_id: 'haochaping', client_secret: secret, redirect_uris: [redirect], grant_types: ['authorization_code'],
        response_types: ['code']}],
      pkce: {required: () => true},
      findAccount: (context, id) => ({accountId: id, claims: () => ({sub: id})}),
    });
    server.on('request', provider.callback());
    console.log(port);
  });
})();
