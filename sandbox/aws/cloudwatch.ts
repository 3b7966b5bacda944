import type { TypeTable } from "../lib/table";
import { alarmTypes } from "./cloudwatch-alarms";
import { eventTypes } from "./cloudwatch-events";
import { logTypes } from "./cloudwatch-logs";

export const types: Record<string, TypeTable> = { ...logTypes, ...alarmTypes, ...eventTypes };
