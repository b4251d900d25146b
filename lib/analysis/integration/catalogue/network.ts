import type { KindCatalogue } from './entry.ts';

/**
 * Everything on the wire that is not HTTP to an API: sockets, mail, file transfer, queues,
 * servers.
 */
export const network: KindCatalogue = {
  python: [
    {
      modules: ['socket'],
      calls: /^create_connection$/,
      argument: 'host',
      timeout: ['timeout'],
      connection: { limitAt: 1 },
    },
    {
      modules: ['socket'],
      calls: /^(create_server|getaddrinfo|gethostbyname)$/,
      argument: 'host',
    },
    {
      modules: ['socket', 'socket.socket'],
      calls: /^(connect|bind|sendall|sendto|recv|recvfrom|accept)$/,
      argument: 'host',
    },
    { modules: ['ssl'], calls: /^(wrap_socket|get_server_certificate)$/, argument: 'host' },
    {
      modules: ['smtplib'],
      calls: /^(SMTP|SMTP_SSL)$/,
      argument: 'host',
      timeout: ['timeout'],
      connection: { limitAt: 3 },
    },
    { modules: ['smtplib'], calls: /^(sendmail|send_message|login|starttls)$/, argument: 'data' },
    {
      modules: ['ftplib'],
      calls: /^(FTP|FTP_TLS)$/,
      argument: 'host',
      timeout: ['timeout'],
      connection: { limitAt: 4 },
    },
    {
      modules: ['imaplib', 'poplib', 'telnetlib'],
      calls: /^(IMAP4|IMAP4_SSL|POP3|POP3_SSL|Telnet)$/,
      argument: 'host',
      timeout: ['timeout'],
      connection: { limitAt: 2 },
    },
    { modules: ['nntplib'], calls: /^NNTP$/, argument: 'host' },
    {
      modules: ['ftplib'],
      calls: /^(login|storbinary|retrbinary|retrlines|nlst|cwd)$/,
      argument: 'data',
    },
    {
      modules: ['paramiko', 'asyncssh', 'fabric'],
      calls: /^(connect|exec_command|open_sftp|Connection|run|put|get)$/,
      argument: 'host',
    },
    {
      modules: ['websockets', 'websocket'],
      calls: /^(connect|create_connection|serve)$/,
      argument: 'url',
    },
    { modules: ['asyncio'], calls: /^(open_connection|start_server)$/, argument: 'host' },
    {
      modules: ['http.server', 'socketserver'],
      calls: /^\w*Server$/,
      argument: 'data',
      prepares: true,
    },
    { modules: ['socket'], calls: /^socket$/, argument: 'data', prepares: true },
    {
      modules: ['pika', 'kafka', 'confluent_kafka', 'nats', 'zmq', 'paho.mqtt.client'],
      calls: /^(\w*Connection|KafkaProducer|KafkaConsumer|Producer|Consumer|connect|publish|send)$/,
      argument: 'host',
    },
    {
      modules: ['grpc'],
      calls: /^(insecure_channel|secure_channel)$/,
      argument: 'host',
      prepares: true,
    },
  ],
  script: [
    {
      modules: ['net', 'tls'],
      calls: /^(connect|createConnection)$/,
      argument: 'host',
      timeout: ['timeout', 'signal'],
      connection: {},
      failsByEvent: true,
    },
    { modules: ['net', 'tls'], calls: /^createServer$/, argument: 'host' },
    { modules: ['dgram'], calls: /^(createSocket|send|bind)$/, argument: 'data' },
    { modules: ['dns', 'dns/promises'], calls: /^(lookup|resolve\w*)$/, argument: 'host' },
    {
      modules: ['http', 'https', 'http2'],
      calls: /^create(Secure)?Server$/,
      argument: 'data',
      prepares: true,
    },
    { modules: ['WebSocket'], calls: /^$/, argument: 'url', prepares: true },
    {
      modules: ['ws'],
      calls: /^(|WebSocket|WebSocketServer|Server)$/,
      argument: 'url',
      prepares: true,
    },
    {
      modules: ['socket.io', 'socket.io-client'],
      calls: /^(|io|Server|connect)$/,
      argument: 'url',
      prepares: true,
    },
    { modules: ['nodemailer'], calls: /^sendMail$/, argument: 'data' },
    { modules: ['nodemailer'], calls: /^createTransport$/, argument: 'data', prepares: true },
    {
      modules: ['ssh2', 'node-ssh', 'basic-ftp'],
      calls: /^(connect|exec|sftp|access)$/,
      argument: 'data',
    },
    {
      modules: ['amqplib', 'kafkajs', 'nats', 'mqtt', 'bullmq', '@grpc/grpc-js'],
      calls: /^(connect|Kafka|Queue|Worker|send|publish|sendToQueue|add)$/,
      argument: 'url',
    },
  ],
};
