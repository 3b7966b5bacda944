import type { Attachment } from "./attachment";
import type { Builder } from "./builder";
import { Component, type ComponentOptions } from "./component";
import type { PrivateNetwork } from "./private-network";

/** A folder that outlives containers and may be shared by replicas. Encrypted, private, writable for one user. */
export interface SharedFilesSpec {
  /** Space wished for, GiB; a limit where the platform has one. Grows in place, never shrinks. */
  readonly sizeGiB: number;
  /** Numeric user that owns the files: the one that the workloads run as. */
  readonly uid: number;
  /** Numeric group. Default: the same as `uid`. */
  readonly gid?: number;
  /** Days that daily backups are kept; 0 for files that can be made again, such as models. */
  readonly backupDays: number;
  /** Encrypt with a key of this stack instead of the cloud's own. Fixed at creation. */
  readonly customerKey?: boolean;
}

export interface SharedFilesLinks {
  readonly network: PrivateNetwork;
}

export interface SharedFilesOutputs {
  /** Workloads mount the folder by this. */
  readonly attachment: Attachment;
}

export type SharedFilesBuilder = Builder<SharedFilesSpec, SharedFilesLinks, SharedFilesOutputs>;

export class SharedFiles extends Component<SharedFilesSpec> implements SharedFilesOutputs {
  readonly attachment: Attachment;

  constructor(name: string, args: SharedFilesSpec & SharedFilesLinks, options: ComponentOptions) {
    const { network, ...spec } = args;
    super("SharedFiles", name, spec, options);
    const outputs = options.platform.sharedFiles.build(
      this.request(name, spec, { network }, options),
    );
    this.attachment = outputs.attachment;
    this.registerOutputs({});
  }
}
