/** What a client needs to speak with a server of this process; any key is taken. */
export const localAccess = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
