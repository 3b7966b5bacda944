import { passes, resource, unknown, type Fixtures } from "../../../lib/fixture";

const server = (name: unknown, tier: unknown, more: object = {}) =>
  resource("azure-native:dbforpostgresql:Server", { sku: { name, tier }, ...more });
const standby = (mode: unknown) => ({ highAvailability: { mode } });
const storage = (storageSizeGB: unknown, type?: string) => ({ storage: { storageSizeGB, type } });

export const fixtures: Fixtures = {
  good: [
    server("Standard_B1ms", "Burstable", { ...standby("Disabled"), ...storage(32) }),
    server("Standard_D2ds_v5", "GeneralPurpose", { ...standby("ZoneRedundant"), version: "16" }),
    server("standard_e4ds_v5", "memoryOptimized", storage("128")),
    server("Standard_D2ds_v5", "GeneralPurpose", storage(100, "PremiumV2_LRS")),
  ],
  bad: [
    server("Standard_B1ms", "GeneralPurpose"),
    server("Standard_D2s_v3", "Burstable"),
    server("Standard_E2s_v3", "GeneralPurpose"),
    server("Standard_B2s", "Burstable", standby("SameZone")),
    server("Standard_D2s_v3", "GeneralPurpose", storage(100)),
    server("Standard_D2s_v3", "GeneralPurpose", storage(16)),
    server("Standard_D2s_v3", "GeneralPurpose", { version: "16.4" }),
    server("Standard_D2s_v3", "GeneralPurpose", { version: 9 }),
  ],
  missing: [passes(resource("azure-native:dbforpostgresql:Server", {}))],
  unknown: [
    server(unknown, "Burstable"),
    server("Standard_B1ms", unknown),
    server("Standard_B1ms", "Burstable", standby(unknown)),
    server("Standard_D2s_v3", "GeneralPurpose", storage(unknown)),
    server("Standard_D2s_v3", "GeneralPurpose", { version: unknown }),
  ],
  wrongType: [passes(server(5, ["Burstable"]))],
};
