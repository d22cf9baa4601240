// What tests of other packages may use of this one: a cloud that answers, and what an authenticator app shows.

export { type AnsweringCloud, cloudOverHttp } from './cloud-over-http.ts';
export { appCode, goodPassword } from './sign-in-desk.ts';
