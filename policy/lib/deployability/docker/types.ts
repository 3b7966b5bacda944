/** Type tokens that several rules on Docker hosts name. */
export { CONTAINER, NETWORK, SERVICE } from "../../reachability/docker/networks";
export const VOLUME = "docker:index/volume:Volume";
export const REMOTE_IMAGE = "docker:index/remoteImage:RemoteImage";
export const IMAGE = "docker:index/image:Image";
export const SECRET = "docker:index/secret:Secret";
export const CONFIG = "docker:index/serviceConfig:ServiceConfig";
export const PROVIDER = "pulumi:providers:docker";
