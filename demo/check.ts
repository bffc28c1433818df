import '../components/elements/parts/vc-connection-check.ts';
