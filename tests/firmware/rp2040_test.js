// The RP2040 build runs under rp2040js with an MPU-6050 on its I2C bus: every reading leaves its UART, in order, once, on time.
// node rp2040_test.js FIRMWARE.bin FOLDER, where `npm install --prefix FOLDER rp2040js` was done; 77 where it was not.
const fs = require("fs");
const path = require("path");

const [firmware, folder] = process.argv.slice(2);
const module_folder = path.resolve(folder, "node_modules", "rp2040js");
if (!fs.existsSync(firmware) || !fs.existsSync(module_folder)) {
  console.log(`skipped: this needs arm-none-eabi-gcc and npm install --prefix ${folder} rp2040js`);
  process.exit(77);
}
const { Simulator } = require(module_folder);
const CLOCK_HZ = 12e6;
const RAM = 0x20000000;
const SECONDS = 10;

const simulator = new Simulator();
const chip = simulator.rp2040;
const quiet = () => {};
chip.logger = { debug: quiet, info: quiet, warn: quiet, error: console.error };

function load(image) {
  chip.sram.set(image, 0);
  chip.core.VTOR = RAM;
  chip.core.SP = image.readUInt32LE(0);
  chip.core.PC = image.readUInt32LE(4) & ~1;
}

function run(seconds) {
  const end = simulator.clock.nanos + seconds * 1e9;
  while (simulator.clock.nanos < end) simulator.clock.tick((chip.core.executeInstruction() * 1e9) / CLOCK_HZ);
}

// ---- The sensor: its number of the reading is what its gyro says ----

const registers = new Uint8Array(128);
let pointer = 0;
let pointer_due = false;
let readings = 0;

function power_on() {
  registers.fill(0);
  registers[0x75] = 0x68;
  registers[0x6b] = 0x40;
}

function plug_in(bus) {
  power_on();
  bus.onStart = () => bus.completeStart();
  bus.onConnect = (address) => {
    pointer_due = true;
    bus.completeConnect(address === 0x68);
  };
  bus.onWriteByte = (value) => {
    if (pointer_due) pointer = value;
    else if (pointer === 0x6b && value & 0x80) power_on();
    else registers[pointer++ & 127] = value;
    pointer_due = false;
    bus.completeWrite(true);
  };
  bus.onReadByte = () => {
    if (pointer === 0x3b) {
      registers[0x43] = readings >> 8;
      registers[0x44] = readings & 255;
      readings++;
    }
    bus.completeRead(registers[pointer++ & 127]);
  };
  bus.onStop = () => bus.completeStop();
}

// ---- The line ----

function crc16(bytes) {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff;
  }
  return crc;
}

function unstuff(frame) {
  const body = [];
  for (let at = 0; at < frame.length; ) {
    const code = frame[at++];
    for (let k = 1; k < code && at < frame.length; k++) body.push(frame[at++]);
    if (at < frame.length) body.push(0);
  }
  return body;
}

const heard = [];
let frame = [];
chip.uart[0].onByte = (byte) => {
  if (byte !== 0) return void frame.push(byte);
  if (frame.length > 0) heard.push(unstuff(frame));
  frame = [];
};

function fail(words) {
  console.log(`FAILED: ${words}`);
  process.exit(1);
}

// START at 200 Hz, as protocol/vectors.txt has it: 00 code 42 c8, code, CRC, 00.
function start() {
  const crc = crc16([0x42, 200, 0]);
  for (const byte of [0, 3, 0x42, 200, 3, crc & 255, crc >> 8, 0]) {
    chip.uart[0].feedByte(byte);
    run(1e-4);
  }
}

load(fs.readFileSync(firmware));
plug_in(chip.i2c[0]);
run(1);
const hello = heard.find((body) => body[0] === 1);
if (!hello || !Buffer.from(hello).includes("RP2040") || !Buffer.from(hello).includes("MPU-6050")) fail("no hello");
start();
run(SECONDS);

let count = 0;
let worst_us = 0;
let before_us = 0;
for (const body of heard) {
  const bytes = Buffer.from(body);
  if (crc16(bytes.subarray(0, -2)) !== bytes.readUInt16LE(bytes.length - 2)) fail("a damaged frame");
  if (bytes[0] !== 2) continue;
  const time_us = bytes.readUInt32LE(4);
  if (bytes.readUInt16LE(2) !== count) fail(`sample ${bytes.readUInt16LE(2)} where ${count} was due`);
  if (bytes.readUInt16LE(8) !== count) fail(`sample ${count} is reading ${bytes.readUInt16LE(8)}`);
  if (count > 0) worst_us = Math.max(worst_us, Math.abs(time_us - before_us - 5000));
  before_us = time_us;
  count++;
}
console.log(`RP2040: ${count} of ${readings} readings arrived in ${SECONDS} s; intervals within ${worst_us} us`);
if (Math.abs(count - 200 * SECONDS) > 3 || readings - count > 1 || worst_us >= 50) fail("not what was due");
