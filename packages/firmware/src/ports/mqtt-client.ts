// ECMA-419 `network/mqtt/client`: one MQTT 3.1.1 connection from CONNECT to its end. It never reconnects by
// itself. Callbacks are notices from the event loop: the data of a message is fetched with `read`, and no
// callback comes after `close`, nor after `onClose` or `onError`, of which exactly one ends every connection.

/** MQTT 3.1.1 control packet types (section 2.2.1) that the port names. */
export const mqttOperation = {
  CONNACK: 2,
  PUBLISH: 3,
  PUBACK: 4,
  SUBSCRIBE: 8,
  SUBACK: 9,
} as const;

export interface MqttReadable {
  /** Set on the first notice of a message. */
  readonly topic?: string;
  readonly QoS?: number;
  /** Bytes in the whole message; set on the first notice. */
  readonly byteLength?: number;
  /** Whether further notices of the same message follow. */
  readonly more: boolean;
}

export interface MqttControl {
  readonly operation: number;
  readonly id: number;
  /** Return codes of a SUBACK; 128 is a refusal (section 3.9.3). */
  readonly payload?: ArrayBuffer;
}

/** Where the broker is and by what the host reaches it. */
export interface MqttEndpoint {
  readonly host: string;
  readonly port?: number;
  /** The host's own options for its socket and resolver classes; TLS and its trusted certificates live here. */
  readonly socket: Readonly<Record<string, unknown>>;
  readonly dns: Readonly<Record<string, unknown>>;
}

export interface MqttClientOptions extends MqttEndpoint {
  readonly id?: string;
  readonly user?: string;
  readonly password?: string;
  readonly clean?: boolean;
  /** Milliseconds; the client pings, and ends the connection when the broker does not answer. */
  readonly keepAlive?: number;
  /** `count` bytes can be written now; first called when the broker has accepted the connection. */
  readonly onWritable?: (count: number) => void;
  readonly onReadable?: (count: number, message: MqttReadable) => void;
  readonly onControl?: (operation: number, message: MqttControl) => void;
  readonly onClose?: () => void;
  readonly onError?: (error: unknown) => void;
}

export interface MqttWriteOptions {
  /** PUBLISH unless given. */
  readonly operation?: number;
  /** Packet id, 1 to 65535, unique among what is not acknowledged. */
  readonly id?: number;
  readonly topic?: string;
  readonly QoS?: number;
  /** Topic filters of a SUBSCRIBE. */
  readonly items?: readonly { readonly topic: string; readonly QoS: number }[];
}

export interface MqttClient {
  /** @returns `count` bytes of the message that the last notice announced */
  read(count: number): ArrayBuffer;
  /** @returns how many more bytes can be written now */
  write(bytes: Uint8Array, options: MqttWriteOptions): number;
  close(): void;
}

export interface MqttClientConstructor {
  new (options: MqttClientOptions): MqttClient;
}
