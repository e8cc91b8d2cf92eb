import { identifiersIn } from '../../../../host-sim/tools/board/identifiers';

it('finds the names of identifiers where they stand in full', () => {
  const source =
    'xsmcGet(a, b, xsID_onEnded);\nOPTION(xsID_gamma) OPTION(xsID_pin2) xsID_onEnded /* xsID_said */';
  expect(identifiersIn(source)).toEqual(['gamma', 'onEnded', 'pin2', 'said']);
});

it('does not see a name that the preprocessor would paste, as the SDK does not', () => {
  expect(identifiersIn('#define OPTION(NAME) xsID_##NAME\nint id = OPTION(gamma);')).toEqual([]);
});
