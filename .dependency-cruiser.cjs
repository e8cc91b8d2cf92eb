/** Who may import whom. The folders are the architecture; these rules keep the walls where they are. */
module.exports = {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-imports-only-core',
      comment: 'Decisions are pure: no device, no Node, no native.',
      severity: 'error',
      from: { path: '^firmware/core' },
      to: { pathNot: '^firmware/core' },
    },
    {
      name: 'natives-import-nothing',
      comment: 'Declarations of their classes may name the types of what they stand behind.',
      severity: 'error',
      from: { path: '^firmware/(natives|esp32)', pathNot: '[.]d[.]ts$' },
      to: { pathNot: '^firmware/(natives|esp32)' },
    },
    {
      name: 'fallbacks-import-only-core',
      severity: 'error',
      from: { path: '^firmware/fallbacks' },
      to: { pathNot: '^firmware/(core|fallbacks)' },
    },
    {
      name: 'the-record-imports-only-itself',
      severity: 'error',
      from: { path: '^firmware/record' },
      to: { pathNot: '^firmware/record' },
    },
    {
      name: 'updates-import-only-core-and-record',
      severity: 'error',
      from: { path: '^firmware/update' },
      to: { pathNot: '^firmware/(update|core|record)' },
    },
    {
      name: 'the-dashboard-imports-no-device',
      severity: 'error',
      from: { path: '^firmware/dashboard' },
      to: { pathNot: '^firmware/(dashboard|core|record|update)|^/(words|updates)[.]js$' },
    },
    {
      name: 'mqtt-imports-only-core',
      severity: 'error',
      from: { path: '^firmware/mqtt' },
      to: { pathNot: '^firmware/(core|mqtt)' },
    },
    {
      name: 'the-home-imports-only-core-and-mqtt',
      comment: 'It is tried without a network, and runs on the chip as on a laptop.',
      severity: 'error',
      from: { path: '^firmware/home' },
      to: { pathNot: '^firmware/(core|mqtt|home)' },
    },
    {
      name: 'devices-know-no-board',
      comment: 'Classes of the natives and of the SDK are handed in, so that tests can hand in their own.',
      severity: 'error',
      from: { path: '^firmware/io' },
      to: { pathNot: '^firmware/(core|io|fallbacks)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-main-reaches-devices',
      severity: 'error',
      from: { path: '^firmware/device' },
      to: { path: '^firmware/(io|natives|esp32|main)' },
    },
    {
      name: 'only-main-reaches-the-ear',
      comment:
        'What speaks to the network, keeps or shows must have no way to sound, not even by way of another module.',
      severity: 'error',
      from: { path: '^firmware', pathNot: '^firmware/(main[.]ts|io/(ear|mute-switch)[.]ts|esp32)' },
      to: { path: '^firmware/(io|esp32)/ear[.]', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'what-speaks-to-a-network-reaches-no-sound',
      severity: 'error',
      from: { path: '^(firmware/(dashboard|mqtt|home)|host-sim/sim/(serve|mqtt))' },
      to: { path: '^(host-sim/sim/(audio|wasm|engine)|firmware/(io|esp32|natives))', reachable: true },
    },
    {
      name: 'the-firmware-knows-no-simulator',
      severity: 'error',
      from: { path: '^firmware' },
      to: { path: '^(host-sim|tests)' },
    },
    {
      name: 'the-simulator-has-its-own-hardware',
      severity: 'error',
      from: { path: '^host-sim' },
      to: { path: '^firmware/(io|main)' },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^(firmware|host-sim)' },
      to: { path: '^tests' },
    },
    {
      name: 'pages-reach-no-sound-and-no-speaker',
      comment: 'Both are in the worker; the page sends orders and shows what it is told.',
      severity: 'error',
      from: { path: '^host-sim/web/page' },
      to: {
        path: '^(host-sim/(sim|grammar|web/worker)|firmware/(device|record|natives|io))',
        pathNot: '^host-sim/web/worker/(messages|unpack)[.]ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'sessions-run-anywhere',
      comment: 'What also runs inside XS must not reach for Node or packages.',
      severity: 'error',
      from: { path: '^host-sim/sim/(session|io/|xs/native-ear|xs/sdk)' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev'] },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      // these are types, or export in a way that this tool does not follow; the TypeScript compiler checks them
      to: {
        couldNotResolve: true,
        pathNot:
          '^(/(words|updates)[.]js|node|jest|webassembly-js-api|@yowasp/clang|tsx/esm/api|embedded:.+|mc/config|Resource|timer?)$',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(build|models)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
