/** Input or options nothing can be reviewed with; the message is a sentence with a remedy. */
export class InputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InputError";
  }
}
