export { Card } from './components/card.tsx';
export { CheckField, ChoiceField } from './components/choice.tsx';
export { ConfirmButton } from './components/confirmButton.tsx';
export { Dialog } from './components/dialog.tsx';
export { ErrorBoundary } from './components/errorBoundary.tsx';
export {
  DateField,
  SelectField,
  TextAreaField,
  TextField,
  TimeField,
} from './components/field.tsx';
export { FileField } from './components/fileField.tsx';
export { Amount, Facts, Figures, Ledger, type Fact } from './components/figures.tsx';
export { CopyButton, Hash } from './components/hash.tsx';
export { Icon, type IconName } from './components/icons.tsx';
export { Badge, Notice, type Tone } from './components/notice.tsx';
export { MorePages } from './components/morePages.tsx';
export { Page } from './components/page.tsx';
export { Pager } from './components/pager.tsx';
export { Empty, Failure, Loading, QueryView } from './components/states.tsx';
export { Refusal } from './components/refusal.tsx';
export { Steps } from './components/steps.tsx';
export { Table, type Column } from './components/table.tsx';
export { ProgressBar } from './components/progressBar.tsx';
export { WayOut } from './components/wayOut.tsx';
export { Timeline } from './components/timeline.tsx';
export { Ago, Ahead, Moment, useNow } from './components/time.tsx';
export * from './emissions.ts';
export * from './format.ts';
export * from './money.ts';
export { chooseTheme, useTheme } from './theme.ts';
export { Chart, toPixels, type ChartData } from './charts/index.ts';
