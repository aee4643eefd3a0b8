import type { ReactNode } from 'react';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'plain' | 'good' | 'warn' | 'bad';

const icons: Readonly<Record<Tone, IconName>> = {
  plain: 'info',
  good: 'check',
  warn: 'alert',
  bad: 'close',
};

interface NoticeProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  /** `alert` interrupts a screen reader, `status` waits for a pause. */
  readonly role?: 'alert' | 'status';
}

/** A message that stays on the page. Its tone is in icon and words, not in colour alone. */
export function Notice({ tone, title, children, role }: NoticeProps): ReactNode {
  return (
    <div className={`notice notice-${tone}`} role={role}>
      <Icon name={icons[tone]} />
      <div className="notice-body">
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}

interface BadgeProps {
  readonly tone: Tone;
  readonly children: ReactNode;
}

/** A short state in words. */
export function Badge({ tone, children }: BadgeProps): ReactNode {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
