// A real SMTP server for the tests. Settings come as one JSON argument, events go out as JSON lines.
// The local part of a recipient says how it is treated.
import { readFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';

const settings = JSON.parse(process.argv[2]);
const say = event => process.stdout.write(JSON.stringify(event) + '\n');
const refuse = (code, text) => Object.assign(new Error(text), { responseCode: code });
const seen = new Map();
const first = key => { const n = (seen.get(key) ?? 0) + 1; seen.set(key, n); return n === 1; };

const server = new SMTPServer({
  secure: settings.security === 'Tls',
  hideSTARTTLS: settings.security === 'None',
  key: settings.key && readFileSync(settings.key),
  cert: settings.cert && readFileSync(settings.cert),
  authMethods: settings.methods ?? ['PLAIN', 'LOGIN'],
  authOptional: !settings.user,
  size: 1_000_000,
  closeTimeout: 100,
  onConnect(session, done) { say({ event: 'connect', id: session.id }); done(); },
  onAuth(auth, session, done) {
    say({ event: 'auth', method: auth.method, secure: session.secure });
    return auth.username === settings.user && auth.password === settings.password
      ? done(null, { user: auth.username })
      : done(refuse(535, '5.7.8 Wrong user or password'));
  },
  onMailFrom(address, session, done) {
    return address.address.startsWith('nobody@') ? done(refuse(550, '5.7.1 Sender not allowed')) : done();
  },
  onRcptTo(address, session, done) {
    const local = address.address.split('@')[0];
    if (local === 'busy' && first('busy')) return done(refuse(451, '4.3.0 Try again later'));
    if (local === 'missing') return done(refuse(550, '5.1.1 No such mailbox'));
    if (local === 'policy') return done(refuse(550, '5.7.1 Not by our policy'));
    if (local === 'closing' && first('closing')) return done(refuse(421, '4.3.2 Closing'));
    done();
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on('data', chunk => chunks.push(chunk));
    stream.on('end', async () => {
      const raw = Buffer.concat(chunks);
      const to = session.envelope.rcptTo.map(r => r.address);
      const mail = await simpleParser(raw);
      say({
        event: 'mail', session: session.id, secure: session.secure, user: session.user ?? null,
        envelopeFrom: session.envelope.mailFrom.address, to, subject: mail.subject, text: mail.text, html: mail.html,
        from: mail.from, messageId: mail.messageId, headers: Object.fromEntries(mail.headerLines.map(h => [h.key, h.line])), raw: raw.toString('latin1'),
      });
      if (to[0].startsWith('spam@')) return done(refuse(554, '5.6.0 Content refused'));
      if (to[0].startsWith('silent@') && first('silent')) return; // takes the mail and never says so
      done(null, 'taken');
    });
  },
});
server.on('error', error => say({ event: 'error', message: error.message }));
const listening = server.listen(0, '127.0.0.1', () => say({ event: 'listening', port: listening.address().port }));
process.stdin.on('end', () => process.exit(0)).resume(); // ends with the test
