import { useCallback, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { contentOfPicture } from './qr-bytes.ts'

const LOOK_MS = 150
/** Larger pictures are made smaller first: a phone takes 12 million points of which a code needs few. */
const MOST_POINTS_WIDE = 1_600

export interface QrCameraProps {
  /** Called for every code that is read, each letter one byte. The same code comes again and again. */
  readonly onCode: (content: string) => void
  /** How far it is, in words. */
  readonly progress?: string | undefined
}

function read(source: CanvasImageSource, width: number, height: number): string | undefined {
  const scale = Math.min(1, MOST_POINTS_WIDE / Math.max(width, height, 1))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(width * scale))
  canvas.height = Math.max(1, Math.round(height * scale))
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return undefined
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return contentOfPicture(context.getImageData(0, 0, canvas.width, canvas.height))
}

/** Looks through the camera while `on`. Nothing is kept but what the codes say. */
function useCamera(on: boolean, onCode: (content: string) => void, onFailure: () => void) {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (!on) return
    let stream: MediaStream | undefined
    let over = false
    const look = () => {
      const picture = video.current
      if (!picture || picture.videoWidth === 0) return
      const content = read(picture, picture.videoWidth, picture.videoHeight)
      if (content !== undefined) onCode(content)
    }
    const timer = setInterval(look, LOOK_MS)
    const start = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' }, audio: false })
      if (over || !video.current) {
        for (const track of stream.getTracks()) track.stop()
        return
      }
      video.current.srcObject = stream
      await video.current.play()
    }
    start().catch(() => !over && onFailure())
    return () => {
      over = true
      clearInterval(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
  }, [on, onCode, onFailure])
  return video
}

/** Reads codes from the camera or from pictures of them. */
export function QrCamera({ onCode, progress }: QrCameraProps) {
  const [on, setOn] = useState(false)
  const [said, setSaid] = useState<string>()
  const failed = useCallback(() => {
    setOn(false)
    setSaid('There is no camera, or it may not be used. Choose pictures of the codes, or paste the text of the file.')
  }, [])
  const video = useCamera(on, onCode, failed)
  const pictures = async (files: FileList | null) => {
    let unread = 0
    for (const file of files ?? []) {
      const picture = await createImageBitmap(file).catch(() => undefined)
      const content = picture && read(picture, picture.width, picture.height)
      picture?.close()
      if (content === undefined) unread += 1
      else onCode(content)
    }
    setSaid(unread === 0 ? undefined : `${unread} of the pictures show no code that can be read.`)
  }
  return (
    <div className="grid gap-2">
      {on && <video ref={video} className="qr wide" muted playsInline aria-label="What the camera sees" />}
      <div className="row wrap">
        <Button
          onPress={() => {
            setSaid(undefined)
            setOn(!on)
          }}
        >
          {on ? 'Stop the camera' : 'Use the camera'}
        </Button>
        <label className="lab">
          or pictures of the codes{' '}
          <input type="file" accept="image/*" multiple onChange={(event) => void pictures(event.target.files)} />
        </label>
      </div>
      <p className="soft small" role="status">
        {said ?? progress ?? ''}
      </p>
    </div>
  )
}
