/** What is needed of GitHub's REST interface; errors are sentences with the call that failed. */
export class GitHub {
  private readonly base: string;
  private readonly token: string;

  /** `repository` is `owner/name`; `api` is the address of the interface, GITHUB_API_URL in a workflow. */
  constructor(repository: string, token: string, api = "https://api.github.com") {
    this.base = `${api}/repos/${repository}`;
    this.token = token;
  }

  /** Every item of a list, over all of its pages. */
  async list<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let page = 1; ; page++) {
      const mark = path.includes("?") ? "&" : "?";
      const found = await this.send<T[]>("GET", `${path}${mark}per_page=100&page=${page}`);
      items.push(...found);
      if (found.length < 100) return items;
    }
  }

  /** One call; `path` is below the repository. */
  async send<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.base}${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${this.token}`,
        "x-github-api-version": "2022-11-28",
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) {
      throw new Error(
        `GitHub answered ${answer.status} to ${method} ${path}: ${await answer.text()}`,
      );
    }
    return (await answer.json()) as T;
  }
}
